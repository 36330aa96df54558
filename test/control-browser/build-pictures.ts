// `npm run build:pictures`: takes the pictures that the control's guide and its manifest show. Their bytes depend on the
// browser and the fonts of the machine, so they are kept, not compared.

import { join } from "node:path";
import { takePictures } from "./take-pictures";

const control = join(__dirname, "../../pcf-control");

void takePictures({ guide: join(control, "pictures"), preview: join(control, "CoSellSection/img/preview.png") });
