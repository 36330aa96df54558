import { fc } from "../../support/properties";
import { referralFromJson } from "../../../sync-relay/src/adapters/partner-center/referral-json";
import { parseWireJson } from "../../../sync-relay/src/adapters/partner-center/wire-json";
import type { Json } from "../../../sync-relay/src/core/json";
import { aWireReferral, E_TAG, ENGAGEMENT, OPPORTUNITY, ORGANIZATION, REFERRAL } from "./wire-referral";

describe("a referral as the API spells it", () => {
  test("[PC1] becomes what the relay decides by, with the whole resource beside it", () => {
    const wire = aWireReferral();
    expect(referralFromJson(wire)).toEqual({
      id: REFERRAL,
      engagementId: ENGAGEMENT,
      organizationId: ORGANIZATION,
      eTag: E_TAG,
      createdAt: "2026-03-01T11:58:00.0000000Z",
      updatedAt: "2026-03-01T11:59:00.1234567Z",
      expiresAt: null,
      status: "Active",
      substatus: "Accepted",
      statusReason: null,
      type: "Shared",
      qualification: "SalesQualified",
      externalReferenceId: OPPORTUNITY,
      invitedBy: ORGANIZATION,
      helpCode: "ProofOfConceptOrDemo",
      microsoftCrmId: "7-ABC",
      json: wire,
    });
  });

  test("[PC1] GUIDs are lower case, whatever the server writes", () => {
    const referral = referralFromJson(
      aWireReferral({
        id: REFERRAL.toUpperCase(),
        engagementId: ENGAGEMENT.toUpperCase(),
        organizationId: "MSFT",
        externalReferenceId: ` ${OPPORTUNITY.toUpperCase()} `,
      }),
    );
    expect(referral).toMatchObject({
      id: REFERRAL,
      engagementId: ENGAGEMENT,
      organizationId: "msft",
      externalReferenceId: OPPORTUNITY,
    });
  });

  test("[PC1] a CRM id that is no GUID is kept as it is", () => {
    expect(referralFromJson(aWireReferral({ externalReferenceId: "Q-0042" }))?.externalReferenceId).toBe("Q-0042");
    expect(referralFromJson(aWireReferral({ externalReferenceId: "" }))?.externalReferenceId).toBeNull();
  });

  test("[PC2] keys and known values are read in any case, and get their documented spelling", () => {
    const referral = referralFromJson({
      Id: REFERRAL,
      ETAG: E_TAG,
      CreatedDateTime: "2026-03-01T11:58:00Z",
      Status: "closed",
      SubStatus: "WON",
      Type: "shared",
      CustomerProfile: { Name: "Fabrikam", Team: [{ FirstName: "Sue" }] },
      InviteContext: { AssistanceRequestCode: "proofOfConceptOrDemo", InvitedBy: { OrganizationId: "msft" } },
    });
    expect(referral).toMatchObject({ status: "Closed", substatus: "Won", type: "Shared", invitedBy: "msft" });
    expect(referral).toMatchObject({ helpCode: "ProofOfConceptOrDemo", eTag: E_TAG });
    expect(referral?.json).toMatchObject({ customerProfile: { name: "Fabrikam", team: [{ firstName: "Sue" }] } });
  });

  test("[PC2] when a key is there in two spellings, the documented one wins", () => {
    const referral = referralFromJson(aWireReferral({ Status: "New", STATUSREASON: "x" }));
    expect(referral?.status).toBe("Active");
    expect(referral?.json).toMatchObject({ status: "Active", Status: "New" });
  });

  test("[PC2] unknown keys and unknown values are kept", () => {
    const referral = referralFromJson(
      aWireReferral({ status: "Paused", substatus: "OnHold", solutionPlay: { id: "X" }, salesStage: "Qualify" }),
    );
    expect(referral).toMatchObject({ status: "Paused", substatus: "OnHold" });
    expect(referral?.json).toMatchObject({ solutionPlay: { id: "X" }, salesStage: "Qualify" });
  });

  test.each<[string, Record<string, Json>]>([
    ["no id", { id: null }],
    ["an id that is no GUID", { id: "../referrals/1" }],
    ["no status", { status: null }],
    ["a status that is no text", { status: 3 }],
    ["no time", { createdDateTime: null, updatedDateTime: null }],
    ["a time that is none", { createdDateTime: "never", updatedDateTime: "now" }],
  ])("[PC3] with %s it is not understood", (_name, changes) => {
    expect(referralFromJson(aWireReferral(changes))).toBeUndefined();
  });

  test("[PC3] the version may be in the header instead", () => {
    expect(referralFromJson(aWireReferral({ eTag: null }), '"from-header"')?.eTag).toBe('"from-header"');
    expect(referralFromJson(aWireReferral(), '"from-header"')?.eTag).toBe(E_TAG);
  });
});

describe("JSON from outside", () => {
  test("[PC4] keys that reach a prototype are dropped, at every depth", () => {
    const parsed = parseWireJson('{"a":[{"__proto__":{"x":1},"b":2}],"constructor":{"prototype":{"y":1}}}');
    expect(JSON.stringify(parsed)).toBe('{"a":[{"b":2}]}');
    expect(({} as Record<string, unknown>)["x"]).toBeUndefined();
  });

  test("[PC4] 64 levels are read, more are not", () => {
    const nested = (levels: number): string => "[".repeat(levels) + "]".repeat(levels);
    expect(parseWireJson(nested(64))).toBeDefined();
    expect(parseWireJson(nested(65))).toBeUndefined();
    expect(parseWireJson(nested(100_000))).toBeUndefined();
  });

  test("[PC4] more values than any page has are not read", () => {
    expect(parseWireJson(`[${"0,".repeat(500_000)}0]`)).toBeUndefined();
  });

  test("[PC4] whatever JSON comes, reading a referral does not throw", () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom("id", "status", "inviteContext", "updatedDateTime"), (text, key) => {
        const value = parseWireJson(text);
        referralFromJson(value);
        referralFromJson(aWireReferral({ [key]: value ?? null }));
      }),
    );
  });
});
