// Script of the co-sell view: Dataverse calls `CoSell.syncIcon` for every row.

import { publish } from "./publish";
import { syncIcon } from "./sync-icon";

publish({ syncIcon });
