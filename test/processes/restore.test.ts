import { execFileSync } from "node:child_process";
import { renameSync, rmSync } from "node:fs";
import { atPath } from "../../sync-relay/src/core/json";
import { COLUMN, dealsOf, statusValue } from "../end-to-end/deals";
import { untilHolds } from "../end-to-end/until-holds";
import { startWholeRelay } from "../end-to-end/whole-relay";

jest.setTimeout(400_000);

const synced = statusValue("synced");

/** A cold copy, as docs/operations.md describes it: owners and rights included. */
function copyFolder(from: string, to: string): void {
  rmSync(to, { recursive: true, force: true });
  execFileSync("cp", ["-a", from, to]);
}

test("[PR8] a relay that gets an old backup back catches up with everything since, and doubles and undoes nothing", async () => {
  const relay = await startWholeRelay({ environment: { COSELL_SWEEP_SECONDS: "86400", COSELL_COALESCE_MS: "60" } });
  try {
    const deals = dealsOf(relay.clouds);
    const [seller, portal] = [deals.share(), deals.newDeal()];
    const isSynced = (id: string) => expect(deals.row(id)[COLUMN.status]).toBe(synced);
    const portalIsSynced = (id: string) => expect(deals.theRowOf(id)[COLUMN.status]).toBe(synced);
    await untilHolds(() => [isSynced(seller), portalIsSynced(portal)]);
    await relay.atRest();

    await relay.stop();
    const backup = `${relay.dataDir}-backup`;
    copyFolder(relay.dataDir, backup);
    await relay.start();

    deals.edit(seller, { estimatedvalue: 61_000 });
    deals.portal(portal, { details: { dealValue: 62_000 } });
    const [laterSeller, laterPortal] = [deals.share(), deals.newDeal()];
    await untilHolds(() => {
      isSynced(laterSeller);
      portalIsSynced(laterPortal);
      expect(atPath(deals.theOwnOf(seller), "details.dealValue")).toBe(61_000);
      expect(deals.theRowOf(portal)["estimatedvalue"]).toBe(62_000);
    });
    await relay.atRest();
    await relay.stop();

    // While nothing runs, people go on.
    deals.edit(laterSeller, { estimatedvalue: 63_000 });
    deals.portal(laterPortal, { details: { dealValue: 64_000 } });
    await relay.clouds.dataverse.webhooks.idle();
    rmSync(relay.dataDir, { recursive: true });
    renameSync(backup, relay.dataDir);
    await relay.start();

    await untilHolds(() => {
      expect(atPath(deals.theOwnOf(laterSeller), "details.dealValue")).toBe(63_000);
      expect(deals.theRowOf(laterPortal)["estimatedvalue"]).toBe(64_000);
      for (const id of [seller, laterSeller]) isSynced(id);
      for (const id of [portal, laterPortal]) portalIsSynced(id);
    });
    await relay.atRest();
    expect([deals.row(seller)["estimatedvalue"], atPath(deals.theOwnOf(seller), "details.dealValue")]).toEqual([
      61_000, 61_000,
    ]);
    expect([deals.theRowOf(portal)["estimatedvalue"], atPath(deals.referral(portal), "details.dealValue")]).toEqual([
      62_000, 62_000,
    ]);
    expect([seller, laterSeller].map((id) => deals.ownOf(id).length)).toEqual([1, 1]);
    expect([portal, laterPortal].map((id) => deals.rowsOf(id).length)).toEqual([1, 1]);
    expect(relay.clouds.dataverse.records.list("opportunities")).toHaveLength(4);
    expect(relay.clouds.partnerCenter.referrals.all()).toHaveLength(4);
  } finally {
    await relay.close();
  }
}, 400_000);
