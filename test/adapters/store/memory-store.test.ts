import { describeInboxContract } from "../../contract/inbox-contract";
import { describePairStoreContract } from "../../contract/pair-store-contract";
import { describeRunEndContract } from "../../contract/run-end-contract";
import { describeSecretStoreContract } from "../../contract/secret-store-contract";
import { describeUpstreamBudgetContract } from "../../contract/upstream-budget-contract";
import { describeWorkQueueContract } from "../../contract/work-queue-contract";
import { memoryHarness } from "./memory-harness";

describeInboxContract("memory", memoryHarness);
describeWorkQueueContract("memory", memoryHarness);
describeRunEndContract("memory", memoryHarness);
describePairStoreContract("memory", memoryHarness);
describeSecretStoreContract("memory", memoryHarness);
describeUpstreamBudgetContract("memory", memoryHarness);
