// The composition root: the only place that knows every adapter. Settings in, a relay that can be started and stopped out.

import { hostname } from "node:os";
import { join } from "node:path";
import type { PoolConfig } from "pg";
import { createDataverseCrm } from "./adapters/dataverse/dataverse-crm";
import { createDataverseWebhook } from "./adapters/dataverse/webhook";
import { startEmbeddedPostgres } from "./adapters/embedded-postgres/embedded-postgres";
import { createDataverseTokens } from "./adapters/entra/dataverse-tokens";
import { createPartnerCenterTokens } from "./adapters/entra/partner-center-tokens";
import { createHttpServer } from "./adapters/http/http-server";
import { createPartnerCenter } from "./adapters/partner-center/partner-center";
import { createPartnerCenterWebhook } from "./adapters/partner-center/webhook";
import { createMasterKey } from "./adapters/sealing/master-key";
import { createSealing } from "./adapters/sealing/sealing";
import { dataverseLimits, partnerCenterLimits } from "./adapters/store/budget/upstream-limits";
import { createPostgresStore } from "./adapters/store/postgres-store";
import { createClock } from "./adapters/system/clock";
import { createRandom } from "./adapters/system/random";
