import type { RelayError } from "../../sync-relay/src/core/errors";
import type { FieldEntry, FieldMap } from "../../sync-relay/src/core/mapping/field-map";
import type { CoSellSection, CrmValues, Opportunity } from "../../sync-relay/src/core/opportunity";
import type { Crm } from "../../sync-relay/src/ports/crm";
import { anEntry } from "../core/mapping/a-field-map";

/** What every implementation of the CRM port must do. Run on the fake and on the Dataverse adapter alike. */
export interface CrmUnderTest {
  readonly crm: Crm;
  /** Puts an opportunity there as a user would, and tells its id. Values through lookups become rows of their own. */
  seed(opportunity: { values: CrmValues; section?: Partial<CoSellSection> }): Promise<string>;
  /** Changes an opportunity as a user would. */
  userEdit(opportunityId: string, values: CrmValues): Promise<void>;
  userDelete(opportunityId: string): Promise<void>;
  /** Makes every position handed out so far worthless. */
  expirePositions(): Promise<void>;
  /** How many accounts and contacts there are. */
  countCustomers(): Promise<{ accounts: number; contacts: number }>;
  stop(): Promise<void>;
}

const STATUS = { inProgress: 1, onHold: 2, won: 3, canceled: 4 } as const;

/** The mapping that implementations under test must work with. */
export const contractFieldMap: FieldMap = {
  fields: [],
  toPartnerCenter: { create: [], update: [] },
  toCrm: { create: [statusEntry()], update: [] },
  crmPaths: [
    "name",
    "description",
    "estimatedvalue",
    "estimatedclosedate",
    "statuscode",
    "transactioncurrencyid.isocurrencycode",
    "parentaccountid.name",
    "parentaccountid.address1_postalcode",
    "parentaccountid.address1_country",
    "parentcontactid.firstname",
    "parentcontactid.lastname",
    "parentcontactid.emailaddress1",
    "cosell_products",
    "cosell_helprequired",
  ],
  statusPath: "statuscode",
  match: { parentaccountid: ["name", "address1_postalcode"], parentcontactid: ["emailaddress1"] },
};

const SOMEWHERE = "7c1f2a10-52a3-4a6e-9d0b-3f4f8f0c1d2e";
const NEW_ID = "5a0a2c5e-1f0a-5b1c-8e7d-0d7c3b2a1f00";

export function describeCrmContract(name: string, make: () => Promise<CrmUnderTest>): void {
  describe(`CRM contract: ${name}`, () => {
    let under: CrmUnderTest;
    beforeEach(async () => {
      under = await make();
    });
    afterEach(() => under.stop());

    async function seeded(values: CrmValues = {}, section: Partial<CoSellSection> = {}): Promise<Opportunity> {
      const id = await under.seed({ values: { name: "Fleet renewal", ...values }, section });
      return mustRead(id);
    }

    async function mustRead(id: string): Promise<Opportunity> {
      const read = await under.crm.read(id);
      if (read.kind !== "found") throw new Error("the opportunity is not there");
      return read.opportunity;
    }

    test("[CRM1] a read delivers every mapped path, lookups included, and null for what is empty", async () => {
      const { values } = await seeded({
        estimatedvalue: 125000.5,
        estimatedclosedate: "2027-03-31",
        "transactioncurrencyid.isocurrencycode": "EUR",
        "parentaccountid.name": "Northwind",
        "parentaccountid.address1_postalcode": "1011",
      });
      expect(values).toEqual({
        name: "Fleet renewal",
        description: null,
        estimatedvalue: 125000.5,
        estimatedclosedate: "2027-03-31",
        statuscode: STATUS.inProgress,
        "transactioncurrencyid.isocurrencycode": "EUR",
        "parentaccountid.name": "Northwind",
        "parentaccountid.address1_postalcode": "1011",
        "parentaccountid.address1_country": null,
        "parentcontactid.firstname": null,
        "parentcontactid.lastname": null,
        "parentcontactid.emailaddress1": null,
        cosell_products: null,
        cosell_helprequired: null,
      });
    });

    test("[CRM2] an opportunity that is not there is missing, for a read and for a write", async () => {
      expect(await under.crm.read(SOMEWHERE)).toEqual({ kind: "missing" });
      const gone = await seeded();
      await under.userDelete(gone.id);
      expect(await under.crm.read(gone.id)).toEqual({ kind: "missing" });
      expect(await under.crm.update(gone.id, gone.version, changing({ name: "Late" }))).toEqual({ kind: "missing" });
    });

    test("[CRM3] an opportunity is found by its referral id, quotes and all", async () => {
      const plain = await seeded({}, { referralId: "0f5f2e8e-7a1c-4d51-9a35-2b9a2f6b1c11" });
      const quoted = await seeded({ name: "Quoted" }, { referralId: "O'Neil 1" });
      expect(await under.crm.findByReferral("0f5f2e8e-7a1c-4d51-9a35-2b9a2f6b1c11")).toEqual(plain);
      expect(await under.crm.findByReferral("O'Neil 1")).toEqual(quoted);
      expect(await under.crm.findByReferral("O' or '1")).toBeNull();
    });

    test("[CRM4] a write answers with the opportunity after the write, as a read delivers it", async () => {
      const before = await seeded({
        "parentaccountid.name": "Northwind",
        "transactioncurrencyid.isocurrencycode": "EUR",
      });
      const section: Partial<CoSellSection> = {
        referralId: "R-1",
        referralLink: "https://partner.microsoft.com/referrals?id=R-1",
        syncStatus: "synced",
        audit: "2027-01-01 08:00 - created",
        lastSyncedOn: "2027-01-01T08:00:00Z",
        syncState: '{"v":1}',
      };
      const values = { estimatedvalue: 99, description: "Zoë’s plan – 3 000 €" };
      const written = await under.crm.update(before.id, before.version, { values, section });
      expect(written).toEqual({ kind: "written", opportunity: await mustRead(before.id) });
      const after = await mustRead(before.id);
      expect(after.values).toEqual({ ...before.values, ...values });
      expect(after.section).toEqual({ ...before.section, ...section });
      expect(after.version).not.toBe(before.version);
    });

    test("[CRM5] a write with an old version is stale and changes nothing", async () => {
      const before = await seeded();
      await under.userEdit(before.id, { name: "Edited by the seller" });
      const edited = await mustRead(before.id);
      expect(await under.crm.update(before.id, before.version, changing({ name: "Ours" }))).toEqual({ kind: "stale" });
      expect(await mustRead(before.id)).toEqual(edited);
    });

    test("[CRM6] a closed opportunity is read-only to a write that does not reopen it, and stays as it is", async () => {
      const before = await seeded();
      const closed = await close(before, "won");
      const write = await under.crm.update(closed.id, closed.version, changing({ name: "Late" }));
      expect(write).toEqual({ kind: "read-only" });
      expect(await mustRead(closed.id)).toEqual(closed);
    });

    test("[CRM7] winning and losing write the other values in the same call", async () => {
      for (const stage of ["won", "lost"] as const) {
        const before = await seeded({ estimatedvalue: 10 });
        const value = stage === "won" ? STATUS.won : STATUS.canceled;
        const changes = { ...changing({ estimatedvalue: 20 }), stage: { stage, from: "in-progress", value } } as const;
        const written = await under.crm.update(before.id, before.version, changes);
        const after = await mustRead(before.id);
        expect(written).toEqual({ kind: "written", opportunity: after });
        expect(after.values).toEqual({ ...before.values, estimatedvalue: 20, statuscode: value });
      }
    });

    test("[CRM7] winning with an old version is stale and leaves the opportunity open", async () => {
      const before = await seeded();
      await under.userEdit(before.id, { name: "Edited by the seller" });
      const stage = { stage: "won", from: "in-progress", value: STATUS.won } as const;
      const write = await under.crm.update(before.id, before.version, { ...changing({ name: "Ours" }), stage });
      expect(write).toEqual({ kind: "stale" });
      expect((await mustRead(before.id)).values).toMatchObject({ name: "Edited by the seller", statuscode: 1 });
    });

    test("[CRM8] reopening writes the other values in the same call", async () => {
      const closed = await close(await seeded(), "lost");
      const stage = { stage: "in-progress", from: "lost", value: STATUS.inProgress } as const;
      const changes = { ...changing({ name: "Second chance" }), stage };
      const written = await under.crm.update(closed.id, closed.version, changes);
      const after = await mustRead(closed.id);
      expect(written).toEqual({ kind: "written", opportunity: after });
      expect(after.values).toMatchObject({ name: "Second chance", statuscode: STATUS.inProgress });
    });

    test("[CRM8] a won opportunity becomes a lost one in one call", async () => {
      const closed = await close(await seeded(), "won");
      const stage = { stage: "lost", from: "won", value: STATUS.canceled } as const;
      const written = await under.crm.update(closed.id, closed.version, { ...changing({ name: "Lost" }), stage });
      expect(written.kind).toBe("written");
      expect((await mustRead(closed.id)).values).toMatchObject({ name: "Lost", statuscode: STATUS.canceled });
    });

    test("[CRM9] going on hold and back is a plain write", async () => {
      const before = await seeded();
      const hold = { stage: "on-hold", from: "in-progress", value: STATUS.onHold } as const;
      const held = await under.crm.update(before.id, before.version, { ...changing({}), stage: hold });
      expect(held).toMatchObject({ kind: "written", opportunity: { values: { statuscode: STATUS.onHold } } });
      const back = { stage: "in-progress", from: "on-hold", value: STATUS.inProgress } as const;
      const now = await mustRead(before.id);
      const resumed = await under.crm.update(now.id, now.version, { ...changing({}), stage: back });
      expect(resumed).toMatchObject({ kind: "written", opportunity: { values: { statuscode: STATUS.inProgress } } });
    });

    test("[CRM10] a currency is written by its ISO code, and one that the CRM does not have is an error", async () => {
      const before = await seeded({ "transactioncurrencyid.isocurrencycode": "EUR" });
      const path = "transactioncurrencyid.isocurrencycode";
      const written = await under.crm.update(before.id, before.version, changing({ [path]: "USD" }));
      const after = await mustRead(before.id);
      expect(written).toEqual({ kind: "written", opportunity: after });
      expect(after.values[path]).toBe("USD");
      await expect(under.crm.update(after.id, after.version, changing({ [path]: "XTS" }))).rejects.toMatchObject({
        code: "CS-1006",
      } satisfies Partial<RelayError>);
    });

    test("[CRM11] what a lookup leads to is not written by an update", async () => {
      const before = await seeded({ "parentaccountid.name": "Northwind" });
      const changes = changing({ name: "Renamed", "parentaccountid.name": "Southwind" });
      const written = await under.crm.update(before.id, before.version, changes);
      expect(written).toMatchObject({ kind: "written", opportunity: { values: { name: "Renamed" } } });
      expect((await mustRead(before.id)).values["parentaccountid.name"]).toBe("Northwind");
    });

    test("[CRM12] creating ties the opportunity to a customer made from the values", async () => {
      const created = await under.crm.create(NEW_ID, fromReferral());
      const after = await mustRead(NEW_ID);
      expect(created).toEqual({ kind: "created", opportunity: after });
      expect(after.values).toMatchObject(fromReferral().values);
      expect(after.section).toMatchObject(fromReferral().section);
      expect(await under.countCustomers()).toEqual({ accounts: 1, contacts: 1 });
    });

    test("[CRM13] creating again finds it there and doubles nothing", async () => {
      await under.crm.create(NEW_ID, fromReferral());
      const first = await mustRead(NEW_ID);
      expect(await under.crm.create(NEW_ID, fromReferral())).toEqual({ kind: "exists" });
      expect(await mustRead(NEW_ID)).toEqual(first);
      expect(await under.countCustomers()).toEqual({ accounts: 1, contacts: 1 });
    });

    test("[CRM14] two opportunities of the same customer share it", async () => {
      await under.crm.create(NEW_ID, fromReferral());
      const second = { ...fromReferral(), section: { syncOn: true, referralId: "R-2" } };
      expect(await under.crm.create(SOMEWHERE, second)).toMatchObject({ kind: "created" });
      expect(await under.countCustomers()).toEqual({ accounts: 1, contacts: 1 });
    });

    test("[CRM15] a referral id that another opportunity has is refused, not taken for an earlier try", async () => {
      await seeded({}, { referralId: "R-1" });
      await expect(under.crm.create(NEW_ID, fromReferral())).rejects.toMatchObject({ code: "CS-1004" });
      expect(await under.crm.read(NEW_ID)).toEqual({ kind: "missing" });
    });

    test("[CRM16] an opportunity may be created in a closed stage", async () => {
      const { values, section } = fromReferral();
      const created = await under.crm.create(NEW_ID, { values: { ...values, statuscode: STATUS.won }, section });
      expect(created).toMatchObject({ kind: "created", opportunity: { values: { statuscode: STATUS.won } } });
    });

    test("[CRM17] changes are listed from a position on: everything first, then only what changed or went", async () => {
      const kept = await seeded({}, { syncOn: true, referralId: "R-1" });
      const gone = await seeded();
      const all = await under.crm.changesSince(null);
      const listed = { opportunityId: kept.id, version: kept.version, syncOn: true, referralId: "R-1" };
      expect(all.changed).toContainEqual(listed);
      expect(all.changed.map((change) => change.opportunityId).sort()).toEqual([kept.id, gone.id].sort());
      expect(all).toMatchObject({ deleted: [], startedOver: false });

      expect(await under.crm.changesSince(all.position)).toMatchObject({ changed: [], deleted: [] });
      await under.userEdit(kept.id, { name: "Edited" });
      await under.userDelete(gone.id);
      const news = await under.crm.changesSince(all.position);
      expect(news.changed.map((change) => change.opportunityId)).toEqual([kept.id]);
      expect(news).toMatchObject({ deleted: [gone.id], startedOver: false });
    });

    test("[CRM18] a position that is no longer good starts over and says so", async () => {
      const kept = await seeded();
      const { position } = await under.crm.changesSince(null);
      await under.expirePositions();
      const again = await under.crm.changesSince(position);
      expect(again.startedOver).toBe(true);
      expect(again.changed.map((change) => change.opportunityId)).toEqual([kept.id]);
      expect(await under.crm.changesSince(again.position)).toMatchObject({ changed: [], startedOver: false });
    });

    async function close(before: Opportunity, stage: "won" | "lost"): Promise<Opportunity> {
      const value = stage === "won" ? STATUS.won : STATUS.canceled;
      const change = { ...changing({}), stage: { stage, from: "in-progress", value } } as const;
      expect(await under.crm.update(before.id, before.version, change)).toMatchObject({ kind: "written" });
      return mustRead(before.id);
    }
  });
}

function changing(values: CrmValues): { values: CrmValues; section: Partial<CoSellSection> } {
  return { values, section: {} };
}

function fromReferral(): { values: CrmValues; section: Partial<CoSellSection> } {
  return {
    values: {
      name: "Data platform",
      estimatedvalue: 50000,
      estimatedclosedate: "2027-06-30",
      "transactioncurrencyid.isocurrencycode": "EUR",
      "parentaccountid.name": "O'Hara & Sons",
      "parentaccountid.address1_postalcode": "75001",
      "parentaccountid.address1_country": "FR",
      "parentcontactid.firstname": "Ada",
      "parentcontactid.lastname": "Dupont",
      "parentcontactid.emailaddress1": "ada@ohara.example",
    },
    section: { syncOn: true, referralId: "R-1" },
  };
}

function statusEntry(): FieldEntry {
  const pairs = [
    { crm: STATUS.inProgress, canonical: "in-progress" },
    { crm: STATUS.onHold, canonical: "on-hold" },
    { crm: STATUS.won, canonical: "won" },
    { crm: STATUS.canceled, canonical: "lost" },
  ];
  return anEntry("statuscode", "status", { as: "status", list: { pairs, builtin: null } });
}
