// Runs a TypeScript program that no build compiles, such as those beside the browser tests:
//   node scripts/run-typescript.mjs <program.ts> [arguments]
// Each file is stripped of its types as Node loads it. Types are checked by `npm run check`, not here.

import { transformSync } from "esbuild";
import { existsSync, readFileSync } from "node:fs";
import { createRequire, registerHooks } from "node:module";
import { extname, resolve } from "node:path";
import { fileURLToPath } from "node:url";

registerHooks({
  resolve(specifier, context, next) {
    const own = specifier.startsWith(".") && extname(specifier) === "" && context.parentURL !== undefined;
    const url = own ? new URL(`${specifier}.ts`, context.parentURL) : null;
    if (url === null || !existsSync(fileURLToPath(url))) return next(specifier, context);
    return { url: url.href, format: "commonjs", shortCircuit: true };
  },
  load(url, context, next) {
    if (!url.endsWith(".ts")) return next(url, context);
    const text = readFileSync(fileURLToPath(url), "utf8");
    const { code } = transformSync(text, { loader: "ts", format: "cjs", target: "node22" });
    return { format: "commonjs", source: code, shortCircuit: true };
  },
});

const [, , program] = process.argv;
if (program === undefined) throw new Error("Which program? node scripts/run-typescript.mjs <program.ts>");
createRequire(import.meta.url)(resolve(program));
