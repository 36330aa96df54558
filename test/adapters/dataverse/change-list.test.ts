import { ACCOUNT_ID, aCrm, OPPORTUNITY_ID, stopServers } from "./crm-fixture";
import { refusal } from "./recording-server";

afterEach(stopServers);

const CONTEXT = "https://contoso.crm.dynamics.com/api/data/v9.2/$metadata#opportunities(cosell_referralidentifier)";
const ROW = {
  "@odata.etag": 'W/"7"',
  opportunityid: OPPORTUNITY_ID.toUpperCase(),
  cosell_syncwithpartnercenter: true,
  cosell_referralidentifier: "R-1",
};
const CHANGE = { opportunityId: OPPORTUNITY_ID, version: 'W/"7"', syncOn: true, referralId: "R-1" };
const DELETED = { "@odata.context": `${CONTEXT}/$deletedEntity`, id: ACCOUNT_ID, reason: "deleted" };

test("[DV30] the first listing asks for change tracking, selects little and follows every page", async () => {
  const { crm, server } = await aCrm();
  const nextLink = "https://contoso.crm.dynamics.com/api/data/v9.2/opportunities?$skiptoken=p2";
  server.reply(
    { body: { "@odata.context": CONTEXT, value: [ROW], "@odata.nextLink": nextLink } },
    { body: { "@odata.context": CONTEXT, value: [], "@odata.deltaLink": delta("d1") } },
  );
  const changes = await crm.changesSince(null);
  expect(changes).toEqual({ changed: [CHANGE], deleted: [], position: "$deltatoken=d1", startedOver: false });
  expect(server.requests.map(({ address }) => address)).toEqual([
    "/api/data/v9.2/opportunities?$select=cosell_syncwithpartnercenter,cosell_referralidentifier",
    "/api/data/v9.2/opportunities?$skiptoken=p2",
  ]);
  for (const { headers } of server.requests) {
    expect(headers["prefer"]).toContain("odata.track-changes");
    expect(headers["prefer"]).toContain("odata.maxpagesize=1000");
  }
});

test("[DV31] a position leads to the environment only, whatever address the link named", async () => {
  const { crm, server } = await aCrm();
  const body = { "@odata.context": `${CONTEXT}/$delta`, value: [ROW, DELETED] };
  server.reply({ body: { ...body, "@odata.deltaLink": "https://elsewhere.example/x?$deltatoken=919042%21a" } });
  const changes = await crm.changesSince("$deltatoken=d1");
  expect(changes).toEqual({
    changed: [CHANGE],
    deleted: [ACCOUNT_ID],
    position: "$deltatoken=919042%21a",
    startedOver: false,
  });
  server.reply({ body: { ...body, "@odata.deltaLink": delta("d3") } });
  await crm.changesSince(changes.position);
  expect(server.requests.map(({ url }) => url)).toEqual([
    "/api/data/v9.2/opportunities?$deltatoken=d1",
    "/api/data/v9.2/opportunities?$deltatoken=919042%21a",
  ]);
});

test("[DV32] an expired position starts over, whether Dataverse refuses it or answers with all rows", async () => {
  const { crm, server } = await aCrm();
  const whole = { body: { "@odata.context": CONTEXT, value: [ROW], "@odata.deltaLink": delta("d2") } };
  const startedOver = { changed: [CHANGE], deleted: [], position: "$deltatoken=d2", startedOver: true };
  server.reply(refusal(400, "0x80044352"), whole);
  expect(await crm.changesSince("$deltatoken=old")).toEqual(startedOver);
  server.reply(whole);
  expect(await crm.changesSince("$deltatoken=old")).toEqual(startedOver);
});

test("[DV34] a row that comes again on a later page counts as it came last", async () => {
  const { crm, server } = await aCrm();
  const nextLink = "https://contoso.crm.dynamics.com/api/data/v9.2/opportunities?$skiptoken=p2";
  const other = { ...ROW, opportunityid: ACCOUNT_ID };
  const newer = { ...ROW, "@odata.etag": 'W/"8"', cosell_syncwithpartnercenter: false };
  server.reply(
    { body: { "@odata.context": `${CONTEXT}/$delta`, value: [ROW, other], "@odata.nextLink": nextLink } },
    { body: { "@odata.context": `${CONTEXT}/$delta`, value: [newer, DELETED], "@odata.deltaLink": delta("d2") } },
  );
  expect(await crm.changesSince("$deltatoken=d1")).toMatchObject({
    changed: [{ ...CHANGE, version: 'W/"8"', syncOn: false }],
    deleted: [ACCOUNT_ID],
  });
});

test("[DV33] a listing without a position to go on from, or without an end, is an error", async () => {
  const { crm, server } = await aCrm();
  server.reply({ body: { "@odata.context": CONTEXT, value: [] } });
  await expect(crm.changesSince(null)).rejects.toMatchObject({ code: "CS-1001" });
  server.reply({ status: 503 });
  await expect(crm.changesSince("$deltatoken=d1")).rejects.toMatchObject({ code: "CS-1001" });
});

test("[DV33] a listing whose pages lead in a circle is an error at the first page that comes again", async () => {
  const { crm, server } = await aCrm();
  const leadingTo = (page: string) => ({
    body: { "@odata.context": CONTEXT, value: [ROW], "@odata.nextLink": `https://elsewhere.example/x?${page}` },
  });
  server.reply(leadingTo("p2"), leadingTo("p3"), leadingTo("p2"));
  await expect(crm.changesSince(null)).rejects.toMatchObject({ code: "CS-1001" });
  expect(server.requests).toHaveLength(3);
});

function delta(token: string): string {
  return `https://contoso.crm.dynamics.com/api/data/v9.2/opportunities?$deltatoken=${token}`;
}
