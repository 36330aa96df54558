import { enableCompileCache } from "node:module";

// Imported first: what is loaded after it need not be compiled again the next time, which halves the start of a command.
// It is also the first thing that an old Node lacks, and the place to say so in words.

if (typeof enableCompileCache !== "function") {
  process.stderr.write(
    `cosell needs Node 22.12 or newer; this is ${process.version}. Run it with npm run --silent cosell -- …\n`,
  );
  process.exit(2);
}
enableCompileCache();
