// `npm run build:pictures` (its second half): takes the pictures of the customiser's guide. Their bytes depend on the
// browser and the fonts of the machine, so they are kept, not compared.

import { join } from "node:path";
import { takePictures } from "./take-pictures";

void takePictures(join(__dirname, "../../docs/pictures"));
