// Validates the definitions in every built solution zip against Microsoft's schema for them, which is not part of this
// repository: the folder with CustomizationsSolution.xsd is given as the argument, and zips are taken from dist/solution or
// from the folder that `--of=` names. Run by `npm run check:solution-xml -- <folder>`; ends with 1 when anything is invalid.

import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { strFromU8, unzipSync } from "fflate";
import { validateXML } from "xmllint-wasm";

/** The document of a zip that Microsoft has published a schema for, and that schema. */
const DOCUMENT = "customizations.xml";
const SCHEMA = "CustomizationsSolution.xsd";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const [folder] = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
const zipFolder =
  process.argv.find((argument) => argument.startsWith("--of="))?.slice("--of=".length) ?? join(root, "dist/solution");

try {
  const schemas = await schemasIn(folder);
  const zips = (await readdir(zipFolder).catch(() => [])).filter((name) => name.endsWith(".zip")).sort();
  if (zips.length === 0) throw new Error(`There is no solution zip in ${zipFolder}. Run npm run build:solution.`);
  for (const zip of zips) {
    const problems = await problemsOf(await readFile(join(zipFolder, zip)), schemas);
    process.stdout.write(`${zip}: ${problems.length === 0 ? "valid" : counted(problems.length)}\n`);
    for (const problem of problems) process.stderr.write(`  ${problem}\n`);
    if (problems.length > 0) process.exitCode = 1;
  }
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

async function schemasIn(path) {
  if (path === undefined) throw new Error(`Name the folder that has ${SCHEMA}.`);
  const names = (await readdir(path).catch(() => [])).filter((name) => name.endsWith(".xsd"));
  if (!names.includes(SCHEMA)) throw new Error(`${path} has no ${SCHEMA}.`);
  return Promise.all(
    names.map(async (fileName) => ({ fileName, contents: await readFile(join(path, fileName), "utf8") })),
  );
}

async function problemsOf(zip, schemas) {
  const document = unzipSync(zip)[DOCUMENT];
  if (document === undefined) return [`there is no ${DOCUMENT}`];
  const { valid, errors, rawOutput } = await validateXML({
    xml: { fileName: DOCUMENT, contents: strFromU8(document) },
    schema: schemas.filter(({ fileName }) => fileName === SCHEMA),
    preload: schemas.filter(({ fileName }) => fileName !== SCHEMA),
  });
  if (valid) return [];
  return errors.length > 0 ? errors.map(({ rawMessage }) => rawMessage) : [rawOutput];
}

function counted(problems) {
  return problems === 1 ? "1 problem" : `${problems} problems`;
}
