// Makes the library links of the package in the first argument for the data folder in the second; says what came of it.
import { linkLibraries } from "../../../sync-relay/src/adapters/embedded-postgres/library-links";

const [native = "", dataDir = ""] = process.argv.slice(2);

void linkLibraries(native, dataDir).then((env) => process.stdout.write(`${JSON.stringify(env)}\n`));
