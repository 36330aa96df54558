// What every PartnerCenter keeps, the real one and the fake: run by each of them with a harness that can do what people
// and Microsoft do on the other side.

import { RelayError } from "../../sync-relay/src/core/errors";
import type { JsonObject } from "../../sync-relay/src/core/json";
import { must } from "../../sync-relay/src/core/must";
import type { PatchOperation, Referral } from "../../sync-relay/src/core/referral";
import type { PartnerCenter } from "../../sync-relay/src/ports/partner-center";

/** A PartnerCenter and the world behind it. */
export interface PartnerCenterHarness {
  readonly partnerCenter: PartnerCenter;
  /** The server's time, which may be moved on so that two changes are at different times. */
  now(): number;
  passTime(): void;
  /** A person changes the deal value in the portal. */
  personSetsDealValue(referralId: string, dealValue: number): void;
  /** Partner Center itself gives a referral another status. */
  serverSetsStatus(referralId: string, status: { status: string; substatus: string }): void;
  /** Microsoft sends a referral, which waits for an answer. */
  microsoftSends(): string;
  /** Microsoft accepts its referral of an engagement. */
  microsoftAccepts(engagementId: string): void;
  /** A referral of another partner. */
  foreignReferral(): string;
  /** Strikes the next request of that method, however often the adapter would try. */
  failNext(method: "GET" | "POST" | "PATCH", fault: "before-effect" | "after-effect" | "throttled"): void;
  close(): Promise<void>;
}

const OPPORTUNITY = "0f0c1de5-61f5-4b4c-8d07-6a6f4ba3f1a1";
const CORRELATION = "11111111-1111-4111-8111-111111111111";
const UNKNOWN = "99999999-9999-4999-8999-999999999999";

function aDeal(changes: JsonObject = {}): JsonObject {
  return {
    name: "Warehouse renewal",
    externalReferenceId: OPPORTUNITY,
    type: "Shared",
    qualification: "SalesQualified",
    customerProfile: {
      name: "Fabrikam",
      address: { addressLine1: "One Way", city: "Redmond", postalCode: "98052", country: "US" },
      team: [{ firstName: "Sue", lastName: "Smith", phoneNumber: "1234567890", email: "sue@fabrikam.example" }],
    },
    consent: {
      consentToToShareInfoWithOthers: true,
      consentToContact: true,
      consentToShareReferralWithMicrosoftSellers: true,
    },
    details: {
      notes: "Twelve sites",
      dealValue: 50000,
      currency: "USD",
      closingDateTime: "2030-11-14T00:00:00Z",
      requirements: { solutions: [{ id: "SOL-15974-MQF", name: "Warehouse", type: "Name" }] },
    },
    team: [{ firstName: "John", lastName: "Doe", phoneNumber: "1231231234", email: "seller@partner.example" }],
    target: [{ type: "SolutionProfile", id: "SOL-15974-MQF" }],
    ...changes,
  };
}

function anInvitation(engagementId: string): JsonObject {
  return aDeal({
    engagementId,
    target: [{ type: "BusinessProfileLocation", id: "msft" }],
    inviteContext: { notes: "Need a demo", assistanceRequestCode: "ProofOfConceptOrDemo" },
  });
}

function aChange(path: string, value: PatchOperation["value"]): PatchOperation {
  return { op: "replace", path, value };
}

let requests = 0;
function aRequest(): { readonly requestId: string; readonly correlationId: string } {
  requests += 1;
  const requestId = `22222222-2222-4222-8222-${String(requests).padStart(12, "0")}`;
  return { requestId, correlationId: CORRELATION };
}

function condition(referral: Referral): { readonly eTag: string; readonly correlationId: string } {
  return { eTag: referral.eTag, correlationId: CORRELATION };
}

async function failureOf(work: Promise<unknown>): Promise<RelayError> {
  const thrown: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(thrown instanceof RelayError)) throw new Error(`expected a RelayError, got ${String(thrown)}`);
  return thrown;
}

/** Declares the suite. `make` is called once for each test. */
export function describePartnerCenterContract(name: string, make: () => Promise<PartnerCenterHarness>): void {
  describe(`the contract of PartnerCenter, kept by ${name}`, () => {
    let harness: PartnerCenterHarness;
    let port: PartnerCenter;
    beforeEach(async () => {
      harness = await make();
      port = harness.partnerCenter;
    });
    afterEach(() => harness.close());

    const create = (payload: JsonObject = aDeal()): Promise<Referral> => port.create(payload, aRequest());
    const read = async (referralId: string): Promise<Referral> => {
      const found = await port.read(referralId, CORRELATION);
      if (found.kind !== "found") throw new Error(`expected the referral, got ${found.kind}`);
      return found.referral;
    };

    test("[PC22] what was created can be read, as the server placed it", async () => {
      const created = await create();
      expect(created).toMatchObject({ status: "Active", substatus: "Accepted", externalReferenceId: OPPORTUNITY });
      expect(created.organizationId).toMatch(/^[0-9a-f-]{36}$/);
      expect(created.json).toMatchObject({ name: "Warehouse renewal", details: { dealValue: 50000, currency: "USD" } });
      expect(await read(created.id)).toEqual({ ...created, json: expect.any(Object) as unknown });
    });

    test("[PC22] a referral has id and engagement in lower case, a version, and times in UTC", async () => {
      const created = await create();
      expect(created.id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
      expect(created.engagementId).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
      expect(created.eTag).toMatch(/^".+"$/);
      expect(created.updatedAt).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,7})?Z$/);
      expect(Math.abs(Date.parse(created.updatedAt) - harness.now())).toBeLessThan(60_000);
    });

    test("[PC22] a payload without what is required is refused, and nothing is created", async () => {
      const error = await failureOf(create({ name: "Only a name" }));
      expect(error.code).toBe("CS-1104");
      expect(await port.listChangedSince(0, CORRELATION)).toEqual([]);
    });

    test("[PC23] a referral that does not exist is missing, another partner's is forbidden", async () => {
      const foreign = harness.foreignReferral();
      const { eTag } = await create();
      const change = [aChange("/details/notes", "x")];
      expect(await port.read(UNKNOWN, CORRELATION)).toEqual({ kind: "missing" });
      expect(await port.read(foreign, CORRELATION)).toEqual({ kind: "forbidden" });
      expect(await port.patch(UNKNOWN, change, { eTag, correlationId: CORRELATION })).toEqual({ kind: "missing" });
      expect(await port.patch(foreign, change, { eTag, correlationId: CORRELATION })).toEqual({ kind: "forbidden" });
    });

    test("[PC24] a patch changes what it names and nothing else, and gives the referral a new version", async () => {
      const before = await create();
      const operations = [aChange("/details/dealValue", 75000), aChange("/details/notes", "Fourteen sites")];
      const written = await port.patch(before.id, operations, condition(before));
      if (written.kind !== "written") throw new Error(`expected a write, got ${written.kind}`);
      expect(written.referral.json).toMatchObject({
        name: "Warehouse renewal",
        details: { dealValue: 75000, notes: "Fourteen sites", currency: "USD" },
      });
      expect(written.referral.eTag).not.toBe(before.eTag);
      const { eTag, json } = await read(before.id);
      expect(eTag).toBe(written.referral.eTag);
      expect(json["details"]).toEqual(written.referral.json["details"]);
    });

    test("[PC24] a list is replaced as a whole", async () => {
      const before = await create();
      const team = [{ firstName: "Jane", lastName: "Roe", phoneNumber: "1", email: "jane@partner.example" }];
      await port.patch(before.id, [aChange("/team", team)], condition(before));
      expect((await read(before.id)).json["team"]).toMatchObject(team);
      expect((await read(before.id)).json["team"]).toHaveLength(1);
    });

    test("[PC25] a patch with an old version is stale and changes nothing", async () => {
      const before = await create();
      harness.personSetsDealValue(before.id, 61000);
      const written = await port.patch(before.id, [aChange("/details/dealValue", 1)], condition(before));
      expect(written).toEqual({ kind: "stale" });
      const after = await read(before.id);
      expect(after.json).toMatchObject({ details: { dealValue: 61000 } });
      const again = await port.patch(before.id, [aChange("/details/dealValue", 1)], condition(after));
      expect(again.kind).toBe("written");
    });

    test("[PC25] of two patches with the same version one is written", async () => {
      const before = await create();
      const kinds = await Promise.all(
        [1, 2].map(
          async (value) =>
            (await port.patch(before.id, [aChange("/details/dealValue", value)], condition(before))).kind,
        ),
      );
      expect(kinds.sort()).toEqual(["stale", "written"]);
    });

    test("[PC26] a closed referral can be read, and refuses every change", async () => {
      const open = await create();
      const close = [aChange("/status", "Closed"), aChange("/substatus", "Won")];
      const closed = await port.patch(open.id, close, condition(open));
      expect(closed).toMatchObject({ kind: "written", referral: { status: "Closed", substatus: "Won" } });
      const after = await read(open.id);
      const error = await failureOf(port.patch(open.id, [aChange("/details/notes", "x")], condition(after)));
      expect(error.code).toBe("CS-1104");
      expect((await read(open.id)).eTag).toBe(after.eTag);
    });

    test("[PC26] what cannot be patched, and a status that does not fit, are refused", async () => {
      const before = await create();
      const accepted = [aChange("/status", "New"), aChange("/substatus", "Pending")];
      for (const operations of [[aChange("/organizationId", "x")], accepted, [aChange("/substatus", "Won")]]) {
        const error = await failureOf(port.patch(before.id, operations, condition(before)));
        expect(error.code).toBe("CS-1104");
      }
      expect((await read(before.id)).eTag).toBe(before.eTag);
    });

    test("[PC26] a value can be patched under a status that nobody knows, which cannot be set", async () => {
      const before = await create();
      const unheardOf = [aChange("/status", "Suspended"), aChange("/substatus", "UnderReview")];
      expect((await failureOf(port.patch(before.id, unheardOf, condition(before)))).code).toBe("CS-1104");
      harness.serverSetsStatus(before.id, { status: "Suspended", substatus: "UnderReview" });
      const now = await read(before.id);
      expect(await port.patch(now.id, [aChange("/details/notes", "x")], condition(now))).toMatchObject({
        kind: "written",
        referral: { status: "Suspended", substatus: "UnderReview", json: { details: { notes: "x" } } },
      });
    });

    test("[PC27] an inbound referral waits as New and can be accepted", async () => {
      const inbound = await read(harness.microsoftSends());
      expect(inbound).toMatchObject({ status: "New", substatus: "Pending", invitedBy: "msft" });
      const accept = [aChange("/status", "Active"), aChange("/substatus", "Accepted")];
      expect(await port.patch(inbound.id, accept, condition(inbound))).toMatchObject({
        kind: "written",
        referral: { status: "Active", substatus: "Accepted" },
      });
    });

    test("[PC28] an invitation creates Microsoft's referral in the engagement, and both are listed", async () => {
      const own = await create();
      const engagementId = must(own.engagementId, "a created referral has an engagement");
      const invited = await create(anInvitation(engagementId));
      expect(invited).toMatchObject({ engagementId, organizationId: "msft", helpCode: "ProofOfConceptOrDemo" });
      await create(aDeal({ externalReferenceId: UNKNOWN }));
      const listed = await port.listEngagement(engagementId, CORRELATION);
      expect(listed.map(({ id }) => id).sort()).toEqual([own.id, invited.id].sort());
    });

    test("[PC28] Microsoft's acceptance shows on its referral, with its CRM id", async () => {
      const own = await create();
      const engagementId = must(own.engagementId, "a created referral has an engagement");
      await create(anInvitation(engagementId));
      harness.microsoftAccepts(engagementId);
      const listed = await port.listEngagement(engagementId, CORRELATION);
      const microsofts = must(
        listed.find(({ organizationId }) => organizationId === "msft"),
        "Microsoft's referral is listed",
      );
      expect(microsofts).toMatchObject({ status: "Active", substatus: "Accepted" });
      expect(microsofts.microsoftCrmId).toMatch(/.+/);
    });

    test("[PC28] an engagement that does not exist lists nothing and takes no invitation", async () => {
      expect(await port.listEngagement(UNKNOWN, CORRELATION)).toEqual([]);
      expect((await failureOf(create(anInvitation(UNKNOWN)))).code).toBe("CS-1104");
    });

    test("[PC29] what changed at or after a time is listed, oldest change first, over many pages", async () => {
      const ids: string[] = [];
      for (let count = 0; count < 7; count += 1) {
        ids.push((await create(aDeal({ externalReferenceId: `Q-${String(count)}` }))).id);
        harness.passTime();
      }
      harness.personSetsDealValue(must(ids[0], "seven were created"), 62000);
      const third = await read(must(ids[2], "seven were created"));
      const listed = await port.listChangedSince(Math.floor(Date.parse(third.updatedAt)), CORRELATION);
      expect(listed.map(({ id }) => id)).toEqual([...ids.slice(2), ids[0]]);
    });

    test("[PC29] nothing that changed before, and nothing of another partner, is listed", async () => {
      await create();
      harness.foreignReferral();
      harness.passTime();
      expect(await port.listChangedSince(harness.now() + 60_000, CORRELATION)).toEqual([]);
      expect(await port.listChangedSince(0, CORRELATION)).toHaveLength(1);
    });

    test("[PC30] a create that fails before its effect is in doubt and created nothing", async () => {
      harness.failNext("POST", "before-effect");
      expect(await failureOf(create())).toMatchObject({ kind: "transient", details: { inDoubt: true } });
      expect(await port.listChangedSince(0, CORRELATION)).toEqual([]);
    });

    test("[PC30] a create that fails after its effect is in doubt, and can be found by its CRM id", async () => {
      harness.failNext("POST", "after-effect");
      expect(await failureOf(create())).toMatchObject({ kind: "transient", details: { inDoubt: true } });
      const listed = await port.listChangedSince(0, CORRELATION);
      expect(listed.map(({ externalReferenceId }) => externalReferenceId)).toEqual([OPPORTUNITY]);
    });

    test("[PC30] a patch whose answer is lost is in doubt, and its version is used up", async () => {
      const before = await create();
      harness.failNext("PATCH", "after-effect");
      const operations = [aChange("/details/dealValue", 63000)];
      const error = await failureOf(port.patch(before.id, operations, condition(before)));
      expect(error).toMatchObject({ code: "CS-1101", details: { inDoubt: true } });
      expect((await read(before.id)).json).toMatchObject({ details: { dealValue: 63000 } });
      expect(await port.patch(before.id, operations, condition(before))).toEqual({ kind: "stale" });
    });

    test("[PC30] a throttled request did nothing and says when to come back", async () => {
      harness.failNext("POST", "throttled");
      const error = await failureOf(create());
      expect(error).toMatchObject({ code: "CS-1102", details: { retryAfterMs: 57_000 } });
      expect(error.details.inDoubt ?? false).toBe(false);
      expect(await port.listChangedSince(0, CORRELATION)).toEqual([]);
    });

    test("[PC30] a read that fails leaves nothing in doubt", async () => {
      const { id } = await create();
      harness.failNext("GET", "before-effect");
      const error = await failureOf(port.read(id, CORRELATION));
      expect(error.code).toBe("CS-1101");
      expect(error.details.inDoubt ?? false).toBe(false);
    });
  });
}
