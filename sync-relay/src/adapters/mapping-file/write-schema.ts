// Writes the JSON schema of the mapping file for editors: run it after a change of mapping-schema.

import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { mappingJsonSchema } from "./mapping-schema";
import { shippedMappingFile } from "./shipped-mapping";

const file = join(dirname(shippedMappingFile()), "mapping.schema.json");
writeFileSync(file, `${JSON.stringify(mappingJsonSchema(), null, 2)}\n`);
