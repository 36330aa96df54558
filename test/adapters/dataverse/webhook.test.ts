import { fc } from "../../support/properties";
import { createDataverseWebhook } from "../../../sync-relay/src/adapters/dataverse/webhook";
import type { Json } from "../../../sync-relay/src/core/json";
import type { RelayEvent } from "../../../sync-relay/src/core/event";
import type { Verified } from "../../../sync-relay/src/ports/webhook-source";

const SECRET = "k".repeat(43);
const NEXT_SECRET = "n".repeat(43);
const OPPORTUNITY_ID = "44bfc2a7-903e-eb11-a813-000d3ad9c2e1";
const OTHER_ID = "55bfc2a7-903e-eb11-a813-000d3ad9c2e1";
const ORGANIZATION = "0ba4ce62-d2d6-4681-bc25-b3bfb695d4d6";
const OWN_USER = "a0bde583-0537-eb11-bf68-0022489b563d";
const SELLER = "b1bde583-0537-eb11-bf68-0022489b563d";

describe("the secret", () => {
  test("[DW1] a request with one of the secrets is ours, during a change of secrets with either", async () => {
    for (const secret of [SECRET, NEXT_SECRET]) expect(await verify(aContext(), { secret })).toHaveProperty("events");
  });

  test("[DW1] any other text is refused, and so is a request without the header", async () => {
    for (const secret of ["", "k", SECRET.slice(1), `${SECRET}k`, `${SECRET}, ${SECRET}`, SECRET.toUpperCase()]) {
      expect(await verify(aContext(), { secret })).toEqual({ kind: "rejected", reason: "bad-secret" });
    }
    expect(await verify(aContext(), { secret: null })).toEqual({ kind: "rejected", reason: "missing-header" });
  });

  test("[DW1] an empty secret lets nobody in", async () => {
    const source = createDataverseWebhook({ secrets: [""], identity: () => null, log });
    const headers = { "x-cosell-key": "" };
    const request = { path: "/webhooks/dataverse", headers, rawBody: new Uint8Array() };
    expect(await source.verify(request)).toEqual({ kind: "rejected", reason: "bad-secret" });
  });

  test("[DW13] a message of another environment is not ours, once the relay knows its own", async () => {
    const copied = aContext({ OrganizationId: "1ba4ce62-d2d6-4681-bc25-b3bfb695d4d6" });
    expect(await verify(copied)).toEqual({ kind: "rejected", reason: "not-ours" });
    expect(await verify(copied, { ownUserId: null })).toMatchObject({ kind: "verified" });
    expect(await verify(aContext({ OrganizationId: null }))).toMatchObject({ kind: "verified" });
    expect(await verify(aContext({ OrganizationId: ORGANIZATION.toUpperCase() }))).toMatchObject({ kind: "verified" });
  });

  test("[DW2] the secret is looked at before the body", async () => {
    expect(await verifyRaw(Buffer.from("{"), { secret: "wrong" })).toEqual({ kind: "rejected", reason: "bad-secret" });
    expect(await verifyRaw(Buffer.from("{"))).toEqual({ kind: "rejected", reason: "malformed" });
  });
});

describe("the event", () => {
  test("[DW3] names the opportunity and nothing of its values", async () => {
    expect(await eventsOf(aContext({ MessageName: "Update" }))).toEqual([
      {
        source: "dataverse",
        kind: "opportunity-updated",
        recordId: OPPORTUNITY_ID,
        changedAt: "2017-09-26T00:04:08.000Z",
        ownWrite: false,
        dedupeId: [
          "0ba4ce62-d2d6-4681-bc25-b3bfb695d4d6",
          "45bfc2a7-903e-eb11-a813-000d3ad9c2e1",
          "update",
          OPPORTUNITY_ID,
        ].join(":"),
        correlationId: "9d4c7524-a578-4783-b608-73f7b0b68fd2",
      },
    ]);
  });

  test.each([
    ["Create", "opportunity-created"],
    ["Update", "opportunity-updated"],
    ["Upsert", "opportunity-updated"],
    ["Assign", "opportunity-updated"],
    ["Win", "opportunity-updated"],
    ["Lose", "opportunity-updated"],
    ["Delete", "opportunity-deleted"],
  ])("[DW4] the message %s is the event %s", async (message, kind) => {
    expect(await eventsOf(aContext({ MessageName: message }))).toMatchObject([{ kind, recordId: OPPORTUNITY_ID }]);
  });

  test("[DW4] a message of several rows is one event for each", async () => {
    const rows = [{ Id: OPPORTUNITY_ID }, { Id: OTHER_ID.toUpperCase() }];
    const targets = { key: "Targets", value: { __type: "EntityCollection", Entities: rows } };
    for (const [message, kind] of [
      ["CreateMultiple", "opportunity-created"],
      ["UpdateMultiple", "opportunity-updated"],
    ] as const) {
      const context = aContext({ MessageName: message, PrimaryEntityId: ZERO, InputParameters: [targets] });
      const events = await eventsOf(context);
      expect(events).toMatchObject([
        { kind, recordId: OPPORTUNITY_ID },
        { kind, recordId: OTHER_ID },
      ]);
      expect(new Set(events.map((event) => event.dedupeId)).size).toBe(2);
    }
  });

  test("[DW4] a merge deletes the row that was merged away", async () => {
    const inputs = [{ key: "SubordinateId", value: OTHER_ID }];
    expect(await eventsOf(aContext({ MessageName: "Merge", InputParameters: inputs }))).toMatchObject([
      { kind: "opportunity-updated", recordId: OPPORTUNITY_ID },
      { kind: "opportunity-deleted", recordId: OTHER_ID },
    ]);
  });

  test("[DW5] other tables and other messages are taken without an event", async () => {
    expect(await eventsOf(aContext({ PrimaryEntityName: "contact" }))).toEqual([]);
    expect(await eventsOf(aContext({ MessageName: "Retrieve" }))).toEqual([]);
  });

  test("[DW6] the same delivery has the same dedupe id; another operation, message or row another", async () => {
    const idOf = async (changes: Readonly<Record<string, Json>>): Promise<string | undefined> =>
      (await eventsOf(aContext(changes)))[0]?.dedupeId;
    const base = await idOf({});
    expect(await idOf({ OperationCreatedOn: "/Date(0)/" })).toBe(base);
    for (const changes of [{ OperationId: OTHER_ID }, { MessageName: "Delete" }, { PrimaryEntityId: OTHER_ID }]) {
      expect(await idOf(changes)).not.toBe(base);
    }
    expect(await idOf({ OperationId: ZERO, RequestId: OTHER_ID })).toContain(OTHER_ID);
    const nameless = { OperationId: null, RequestId: null };
    expect(await idOf(nameless)).toBe(await idOf(nameless));
    expect(await idOf(nameless)).not.toBe(await idOf({ ...nameless, Depth: 2 }));
  });
});

describe("whose write it was", () => {
  const tagged = [{ key: "tag", value: "cosell-relay" }];

  test.each([
    ["the relay's tag", { SharedVariables: tagged, InitiatingUserId: SELLER }, true],
    ["no tag, the relay's own user", { InitiatingUserId: OWN_USER.toUpperCase() }, true],
    ["no tag, a seller", { InitiatingUserId: SELLER }, false],
    [
      "a foreign tag of the relay's own user",
      { SharedVariables: [{ key: "tag", value: "x" }], InitiatingUserId: OWN_USER },
      false,
    ],
    [
      "a plug-in that reacted to the relay's write",
      { SharedVariables: tagged, InitiatingUserId: OWN_USER, Depth: 2 },
      false,
    ],
    ["the tag of a parent context", { ParentContext: { SharedVariables: tagged }, InitiatingUserId: SELLER }, false],
    ["a context without depth", { SharedVariables: tagged, Depth: null }, false],
  ] as const)("[DW7] %s", async (_what, changes, ownWrite) => {
    expect(await eventsOf(aContext(changes as unknown as Readonly<Record<string, Json>>))).toMatchObject([
      { ownWrite },
    ]);
  });

  test("[DW7] while the own user is not known, only the tag tells", async () => {
    const mine = aContext({ InitiatingUserId: OWN_USER });
    expect(await eventsOf(mine, { ownUserId: null })).toMatchObject([{ ownWrite: false }]);
  });
});

describe("the ways a body is written", () => {
  test("[DW8] wrapped scalars, braces, escaped slashes and a byte order mark are all understood", async () => {
    const wrapped = aContext({
      PrimaryEntityId: { __type: "Guid:#System", __value: `{${OPPORTUNITY_ID.toUpperCase()}}` },
      OperationCreatedOn: { __type: "DateTime:#System", __value: "/Date(1506409448000-0700)/" },
      Depth: { __type: "Int32:#System", __value: 1 },
      SharedVariables: [{ key: "tag", value: { __type: "String:#System", __value: "cosell-relay" } }],
    });
    const text = `\uFEFF${JSON.stringify(wrapped).replaceAll("/", "\\/")}`;
    expect(await verifyRaw(Buffer.from(text))).toMatchObject({
      events: [{ recordId: OPPORTUNITY_ID, ownWrite: true, changedAt: "2017-09-26T00:04:08.000Z" }],
    });
  });

  test.each([
    ["/Date(1737024736000+0200)/", "2025-01-16T12:52:16.000Z"],
    ["/Date(1506384248000)/", "2017-09-26T00:04:08.000Z"],
    ["/Date(999999999999999)/", "33658-09-27T01:46:39.999Z"],
    ["2027-01-01", null],
    [7, null],
  ])("[DW8] the time %s is %s", async (OperationCreatedOn, expected) => {
    const events = await eventsOf(aContext({ OperationCreatedOn }));
    const year = expected?.startsWith("33658") === true ? `+0${expected}` : expected;
    expect(events).toMatchObject([{ changedAt: year }]);
  });

  test("[DW9] text in a wrong character set, unknown keys and extra images do not matter", async () => {
    const image = { key: "AsynchronousStepPrimaryName", value: { Attributes: [{ key: "name", value: "â‚¬100 Ð¢" }] } };
    const events = await eventsOf(aContext({ PostEntityImages: [image], SomethingNew: { a: [1] } }));
    expect(events).toHaveLength(1);
  });

  test("[DW9] a body stripped for its size still names its opportunity", async () => {
    const stripped: Record<string, Json> = { ...aContext() };
    for (const key of ["ParentContext", "InputParameters", "PreEntityImages", "PostEntityImages"]) delete stripped[key];
    const headers = { "x-ms-dynamics-msg-size-exceeded": "true" };
    expect(await verifyRaw(bytes(stripped), { headers })).toMatchObject({ events: [{ recordId: OPPORTUNITY_ID }] });
    const several = { ...stripped, MessageName: "UpdateMultiple", PrimaryEntityId: ZERO };
    expect(await verifyRaw(bytes(several), { headers })).toEqual({ kind: "verified", events: [] });
  });
});

describe("hostile bodies", () => {
  const malformed: Verified = { kind: "rejected", reason: "malformed" };

  test.each([
    ["not JSON", "hello"],
    ["nothing", ""],
    ["a list", "[]"],
    ["null", "null"],
    ["a number", "1e999"],
    ["a prototype key", '{"__proto__":{"a":1},"MessageName":"Update"}'],
    [
      "a prototype key with an escape",
      '{"\\u005f_proto__":{"a":1},"MessageName":"Update","PrimaryEntityName":"opportunity"}',
    ],
    ["a prototype key by escapes", '{"\\u005f_proto__":{"a":1},"MessageName":"Update"}'],
    ["only brackets", "[".repeat(400_000)],
    ["only braces", '{"a":'.repeat(80_000)],
  ])("[DW10] %s is malformed", async (_what, text) => {
    expect(await verifyRaw(Buffer.from(text))).toEqual(malformed);
  });

  test.each([
    ["MessageName", 7],
    ["MessageName", ""],
    ["MessageName", null],
    ["PrimaryEntityName", {}],
    ["PrimaryEntityId", "1; drop"],
    ["PrimaryEntityId", 5],
    ["PrimaryEntityId", [OPPORTUNITY_ID]],
    ["OperationId", {}],
    ["CorrelationId", "x\r\nSet-Cookie: a"],
    ["InitiatingUserId", true],
    ["Depth", "1"],
    ["InputParameters", "x"],
    ["SharedVariables", { key: "tag" }],
  ])("[DW10] %s of a wrong type (%j) is malformed", async (key, value) => {
    expect(await verify(aContext({ [key]: value }))).toEqual(malformed);
  });

  test("[DW10] a prototype key deep inside is malformed too", async () => {
    const text = JSON.stringify(aContext()).replace('"Attributes"', '"constructor"');
    expect(await verifyRaw(Buffer.from(text))).toEqual(malformed);
  });

  test("[DW10] nesting beyond what contexts have is malformed, what they have is not", async () => {
    const nested = (levels: number): Json => (levels === 0 ? 1 : [nested(levels - 1)]);
    expect(await verify(aContext({ Extra: nested(50) }))).toHaveProperty("events");
    expect(await verify(aContext({ Extra: nested(80) }))).toEqual(malformed);
  });

  test("[DW10] broken UTF-8 and twenty megabytes are malformed", async () => {
    const broken = bytes(aContext());
    broken[broken.indexOf("C".charCodeAt(0))] = 0xff;
    expect(await verifyRaw(broken)).toEqual(malformed);
    const huge = Buffer.alloc(20 * 1024 * 1024, " ");
    bytes(aContext()).copy(huge);
    expect(await verifyRaw(huge)).toEqual(malformed);
  });

  test("[DW11] no body whatever makes it throw, or touches a prototype", async () => {
    const whole = bytes(aContext());
    const cut = fc.record({ at: fc.nat(whole.length - 1), byte: fc.nat(255), length: fc.nat(whole.length) });
    const mutated = cut.map(({ at, byte, length }) => {
      const copy = Buffer.from(whole.subarray(0, length));
      if (at < length) copy[at] = byte;
      return copy;
    });
    const anything = fc.oneof(
      mutated,
      fc.uint8Array({ maxLength: 200 }),
      fc.json().map((text) => Buffer.from(text)),
      fc.dictionary(fc.constantFrom(...Object.keys(aContext())), fc.jsonValue()).map((json) => bytes(json as Json)),
    );
    await fc.assert(
      fc.asyncProperty(anything, async (body) => {
        const { kind } = await verifyRaw(body);
        return kind === "verified" || kind === "rejected";
      }),
      { numRuns: 2000 },
    );
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});

const ZERO = "00000000-0000-0000-0000-000000000000";
const log = { debug: ignore, info: ignore, warn: ignore, error: ignore };

interface VerifyOptions {
  readonly secret?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  readonly ownUserId?: string | null;
}

function verifyRaw(rawBody: Uint8Array, options: VerifyOptions = {}): Promise<Verified> {
  const { secret = SECRET, ownUserId = OWN_USER } = options;
  const identity = ownUserId === null ? null : { userId: ownUserId, organizationId: ORGANIZATION };
  const source = createDataverseWebhook({ secrets: [SECRET, NEXT_SECRET], identity: () => identity, log });
  const headers = { ...(secret === null ? {} : { "x-cosell-key": secret }), ...options.headers };
  return source.verify({ path: "/webhooks/dataverse", headers, rawBody });
}

function verify(context: Json, options: VerifyOptions = {}): Promise<Verified> {
  return verifyRaw(bytes(context), options);
}

async function eventsOf(context: Json, options: VerifyOptions = {}): Promise<readonly RelayEvent[]> {
  const verified = await verify(context, options);
  if (verified.kind !== "verified") throw new Error(`the request was ${verified.kind}`);
  return verified.events;
}

function bytes(json: Json): Buffer {
  return Buffer.from(JSON.stringify(json));
}

function ignore(): void {
  // Nobody reads the log here.
}

/** A context in the shape that Dataverse sends for an asynchronous step. */
function aContext(changes: Readonly<Record<string, Json>> = {}): Readonly<Record<string, Json>> {
  return {
    BusinessUnitId: "c3ec0cc2-d836-eb11-bf68-0022489b563d",
    CorrelationId: "9d4c7524-a578-4783-b608-73f7b0b68fd2",
    Depth: 1,
    InitiatingUserId: SELLER,
    InputParameters: [
      {
        key: "Target",
        value: {
          __type: "Entity:http://schemas.microsoft.com/xrm/2011/Contracts",
          Attributes: [{ key: "estimatedvalue", value: { __type: "Money:x", Value: 2154.32 } }],
          FormattedValues: [],
          Id: OPPORTUNITY_ID,
          LogicalName: "opportunity",
        },
      },
    ],
    IsInTransaction: false,
    MessageName: "Update",
    Mode: 1,
    OperationCreatedOn: "/Date(1506409448000-0700)/",
    OperationId: "45bfc2a7-903e-eb11-a813-000d3ad9c2e1",
    OrganizationId: "0ba4ce62-d2d6-4681-bc25-b3bfb695d4d6",
    OutputParameters: [],
    ParentContext: null,
    PostEntityImages: [],
    PreEntityImages: [],
    PrimaryEntityId: OPPORTUNITY_ID,
    PrimaryEntityName: "opportunity",
    RequestId: null,
    SecondaryEntityName: "none",
    SharedVariables: [],
    Stage: 40,
    UserId: SELLER,
    ...changes,
  };
}
