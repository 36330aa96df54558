// Script of the opportunity form: Dataverse calls `CoSell.onOpportunityLoad` when the form loads.

import { onOpportunityLoad } from "./form-notification";
import { publish } from "./publish";

publish({ onOpportunityLoad });
