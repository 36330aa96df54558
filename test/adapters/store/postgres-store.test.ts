import { describeInboxContract } from "../../contract/inbox-contract";
import { describePairStoreContract } from "../../contract/pair-store-contract";
import { describeRunEndContract } from "../../contract/run-end-contract";
import { describeSecretStoreContract } from "../../contract/secret-store-contract";
import { describeUpstreamBudgetContract } from "../../contract/upstream-budget-contract";
import { describeWorkQueueContract } from "../../contract/work-queue-contract";
import { SERVER_WITHIN_MS, startTestServer, type TestServer } from "./postgres-harness";

let server: TestServer;
beforeAll(async () => (server = await startTestServer()), SERVER_WITHIN_MS);
afterAll(() => server.stop(), SERVER_WITHIN_MS);

const harness = (): ReturnType<TestServer["harness"]> => server.harness();
describeInboxContract("PostgreSQL", harness);
describeWorkQueueContract("PostgreSQL", harness);
describeRunEndContract("PostgreSQL", harness);
describePairStoreContract("PostgreSQL", harness);
describeSecretStoreContract("PostgreSQL", harness);
describeUpstreamBudgetContract("PostgreSQL", harness);
