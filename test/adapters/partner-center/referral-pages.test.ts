import { RelayError } from "../../../sync-relay/src/core/errors";
import type { Json } from "../../../sync-relay/src/core/json";
import { anAdapter, aRecordingServer } from "./recording-server";
import type { RecordingServer } from "./recording-server";
import { aNumberedReferral, ENGAGEMENT } from "./wire-referral";

const CORRELATION = "11111111-1111-4111-8111-111111111111";
const PATH = "/v1.0/engagements/referrals";
const NOON = Date.parse("2026-03-01T12:00:00Z");

let server: RecordingServer;
beforeEach(async () => {
  server = await aRecordingServer();
});
afterEach(() => server.close());

function aPage(items: readonly Json[], nextLink?: string): { json: Json } {
  return { json: { "@odata.count": items.length, value: items, ...(nextLink && { "@odata.nextLink": nextLink }) } };
}

function listed(): Promise<readonly { readonly id: string }[]> {
  return anAdapter(server).partnerCenter.listEngagement(ENGAGEMENT, CORRELATION);
}

function changed(): Promise<readonly { readonly id: string }[]> {
  return anAdapter(server).partnerCenter.listChangedSince(NOON, CORRELATION);
}

async function codeOf(work: Promise<unknown>): Promise<string | undefined> {
  const thrown: unknown = await work.catch((reason: unknown) => reason);
  return thrown instanceof RelayError ? thrown.code : undefined;
}

describe("listing referrals", () => {
  test("[PC17] asks for one engagement, or for what changed, oldest first", async () => {
    server.answer(aPage([]));
    await listed();
    await changed();
    expect(server.requests.map(({ url }) => url)).toEqual([
      `${PATH}?$filter=engagementId eq '${ENGAGEMENT}'`,
      `${PATH}?$filter=updatedDateTime ge 2026-03-01T12:00:00.000Z&$orderby=updatedDateTime asc`,
    ]);
  });

  test("[PC17] an engagement id cannot change the filter", async () => {
    server.answer(aPage([]));
    await anAdapter(server).partnerCenter.listEngagement("' or type eq 'Shared", CORRELATION);
    expect(server.requests[0]?.url).toBe(`${PATH}?$filter=engagementId eq ''' or type eq ''Shared'`);
  });

  test.each([
    ["plain http with the wrong path", (own: string) => `${own}/v1.0/referrals?$skiptoken=k181%2Bp`],
    ["https", (own: string) => `${own.replace("http:", "https:")}${PATH}?$skiptoken=k181%2Bp`],
    ["the right address", (own: string) => `${own}${PATH}?$skiptoken=k181%2Bp`],
    ["a path alone", () => `${PATH}?$skiptoken=k181%2Bp`],
    ["an escaped option", (own: string) => `${own}${PATH}?%24skiptoken=k181%2Bp`],
  ])("[PC18] a next link with %s is continued at our own address", async (_name, link) => {
    server.answer(aPage([aNumberedReferral(1)], link(server.url)), aPage([aNumberedReferral(2)]));
    expect(await listed()).toHaveLength(2);
    expect(server.requests[1]?.url).toBe(`${PATH}?$skiptoken=k181+p`);
    expect(server.requests[1]?.headers["authorization"]).toBe("Bearer token-1");
  });

  test("[PC18] a next link at our own address may continue by position", async () => {
    const link = `${server.url}${PATH}?$filter=type eq 'Shared'&$skip=100&evil=1`;
    server.answer(aPage([aNumberedReferral(1)], link), aPage([]));
    await listed();
    expect(server.requests[1]?.url).toBe(`${PATH}?$skip=100&$filter=type eq 'Shared'`);
  });

  test.each([
    ["another host", () => `https://attacker.example${PATH}?$skiptoken=x`],
    ["another port", () => `http://127.0.0.1:1${PATH}?$skiptoken=x`],
    ["a user name", (own: string) => `${own.replace("//", "//attacker@")}${PATH}?$skiptoken=x`],
    ["another scheme", () => "file:///etc/passwd?$skiptoken=x"],
    ["no continuation", (own: string) => `${own}${PATH}`],
    ["a position at another path", (own: string) => `${own}/v1.0/referrals?$skip=100`],
    ["no address at all", () => "http://"],
    ["a very long continuation", (own: string) => `${own}${PATH}?$skiptoken=${"x".repeat(5000)}`],
  ])("[PC18] a next link with %s ends the list with an error, not silently", async (_name, link) => {
    server.answer(aPage([aNumberedReferral(1)], link(server.url)));
    expect(await codeOf(listed())).toBe("CS-1106");
    expect(server.requests).toHaveLength(1);
  });

  test("[PC18] a link that leads round in a circle is noticed", async () => {
    const next = (token: string): string => `${server.url}${PATH}?$skiptoken=${token}`;
    server.answer(aPage([], next("a")), aPage([], next("b")), aPage([], next("a")));
    expect(await codeOf(listed())).toBe("CS-1106");
    expect(server.requests).toHaveLength(3);
  });

  test("[PC18] a list without an end is given up", async () => {
    let count = 0;
    const fetchEndless: typeof fetch = () => {
      count += 1;
      const link = `${server.url}${PATH}?$skiptoken=${String(count)}`;
      return Promise.resolve(Response.json({ value: [], "@odata.nextLink": link }));
    };
    const { partnerCenter } = anAdapter(server, { fetch: fetchEndless });
    expect(await codeOf(partnerCenter.listEngagement(ENGAGEMENT, CORRELATION))).toBe("CS-1106");
    expect(count).toBe(500);
  });

  test("[PC19] a referral that is on two pages is listed once, as it was last seen", async () => {
    const link = `${server.url}${PATH}?$skiptoken=x`;
    server.answer(
      aPage([aNumberedReferral(1, { status: "New" }), aNumberedReferral(2)], link),
      aPage([aNumberedReferral(1, { status: "Active" })]),
    );
    expect(await listed()).toMatchObject([{ id: aNumberedReferral(2)["id"] }, { status: "Active" }]);
  });

  test("[PC19] what changed is answered oldest first even when the server is not in order", async () => {
    server.answer(
      aPage([
        aNumberedReferral(1, { updatedDateTime: "2026-03-01T12:00:02Z" }),
        aNumberedReferral(2, { updatedDateTime: "2026-03-01T12:00:01.5Z" }),
      ]),
    );
    expect((await changed()).map(({ id }) => id.slice(-1))).toEqual(["2", "1"]);
  });

  test("[PC19] a referral that cannot be understood is left out, and does not stop the others", async () => {
    server.answer(aPage([aNumberedReferral(1, { id: null }), 7, null, aNumberedReferral(2)]));
    const adapter = anAdapter(server);
    expect(await adapter.partnerCenter.listEngagement(ENGAGEMENT, CORRELATION)).toHaveLength(1);
    expect(adapter.log.lines.filter(({ level }) => level === "error")).toHaveLength(3);
  });

  test("[PC19] a list leaves out versions in some releases; its referrals are listed all the same", async () => {
    server.answer(aPage([aNumberedReferral(1, { eTag: null })]));
    expect(await listed()).toMatchObject([{ eTag: "" }]);
  });

  test.each<[string, { text?: string; json?: Json }]>([
    ["HTML", { text: "<html></html>" }],
    ["no list", { json: { value: {} } }],
    ["an empty object", { json: {} }],
    ["nothing", {}],
  ])("[PC19] an answer of %s is not an empty list", async (_name, answer) => {
    server.answer(answer);
    expect(await codeOf(listed())).toBe("CS-1106");
  });
});
