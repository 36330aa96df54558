import type { PartnerCenterSimulator } from "../../../sync-relay/simulator/partner-center/partner-center-simulator";
import { aSimulator, closeAll, send } from "./started-simulator";

afterEach(closeAll);

async function submit(simulator: PartnerCenterSimulator, path: string, form: Record<string, string>, headers = {}) {
  const answer = await fetch(simulator.referralsUrl + path, {
    method: "POST",
    body: new URLSearchParams(form),
    headers,
    redirect: "manual",
  });
  return { status: answer.status, location: answer.headers.get("location"), text: await answer.text() };
}

const page = async (simulator: PartnerCenterSimulator) => (await fetch(simulator.referralsUrl)).text();

test("[SP50] the page lists referrals by engagement and needs neither script nor outside asset", async () => {
  const simulator = await aSimulator();
  const { id, engagementId } = simulator.referrals.newDeal({ name: "Contoso renewal", type: "Shared" });
  simulator.referrals.askMicrosoft(id, { assistanceRequestCode: "GeneralOrOther" });
  simulator.referrals.ofOtherPartner({ name: "Not ours" });
  const answer = await fetch(simulator.referralsUrl);
  const text = await answer.text();
  expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
  expect(text.match(new RegExp(`aria-label="Engagement ${engagementId}"`, "g"))).toHaveLength(1);
  expect(text).toContain("Contoso renewal");
  expect(text).toContain("Accept as Microsoft");
  expect(text).not.toContain("Not ours");
  expect(text).not.toMatch(/<script|https?:\/\//i);
  expect((await send(`${simulator.referralsUrl}/portal.css`)).headers.get("content-type")).toContain("text/css");
});

test("[SP50] every field has a label, and no two fields share an id", async () => {
  const simulator = await aSimulator();
  const { id } = simulator.referrals.newDeal({ type: "Shared" });
  simulator.referrals.askMicrosoft(id, { assistanceRequestCode: "GeneralOrOther" });
  const text = await page(simulator);
  const ids = [...text.matchAll(/<(?:input|select|textarea)[^>]* id="([^"]+)"/g)].map(([, found]) => found);
  const labels = [...text.matchAll(/<label for="([^"]+)"/g)].map(([, found]) => found);
  expect(ids.length).toBeGreaterThan(10);
  expect(new Set(ids).size).toBe(ids.length);
  expect(labels.toSorted()).toEqual(ids.toSorted());
});

test("[SP50] whatever people type is shown as text", async () => {
  const simulator = await aSimulator();
  const nasty = `"><script>alert('1')</script>&amp;`;
  simulator.referrals.newDeal({ name: nasty, details: { notes: `</textarea>${nasty}` } });
  const text = await page(simulator);
  expect(text).not.toContain("<script");
  expect(text).toContain("&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;amp;");
  const notice = await (await fetch(`${simulator.referralsUrl}/?done=${encodeURIComponent(nasty)}`)).text();
  expect(notice).not.toContain("<script");
});

test("[SP51] a person creates a deal, edits it and closes it with plain forms", async () => {
  const simulator = await aSimulator();
  const created = await submit(simulator, "/portal/deals", {
    name: "New deal",
    customer: "Contoso",
    dealValue: "1000.50",
    currency: "eur",
    closingDate: "2027-01-31",
    notes: "a\r\nb",
    helpCode: "Unknown",
  });
  const [deal] = simulator.referrals.all();
  expect([created.status, created.location]).toEqual([303, expect.stringMatching(new RegExp(`#r-${deal?.id}$`))]);
  expect(deal).toMatchObject({
    name: "New deal",
    type: "Independent",
    customerProfile: { name: "Contoso" },
    details: { dealValue: 1_000.5, currency: "EUR", closingDateTime: "2027-01-31T00:00:00Z", notes: "a\nb" },
  });
  await submit(simulator, `/portal/deals/${deal?.id}/edit`, { name: "Edited", dealValue: "2", notes: "" });
  expect(simulator.referrals.all()).toMatchObject([
    { name: "Edited", customerProfile: { name: "Contoso" }, details: { dealValue: 2, notes: null } },
  ]);
  await submit(simulator, `/portal/deals/${deal?.id}/status`, { substatus: "Won" });
  expect(simulator.referrals.all()).toMatchObject([{ status: "Closed", substatus: "Won" }]);
  expect(await page(simulator)).not.toContain("/edit");
});

test("[SP51] notes that start with an empty line keep it in the form", async () => {
  const simulator = await aSimulator();
  simulator.referrals.newDeal({ details: { notes: "\n first" } });
  expect(await page(simulator)).toContain(">\n\n first</textarea>");
});

test("[SP51] asking for help invites Microsoft, whom the person plays", async () => {
  const simulator = await aSimulator();
  const ask = () => submit(simulator, "/portal/deals", { name: "D", customer: "C", helpCode: "GeneralOrOther" });
  await ask();
  await ask();
  const [first, firstMicrosoft, , secondMicrosoft] = simulator.referrals.all();
  expect(first).toMatchObject({ type: "Shared", consent: { consentToShareReferralWithMicrosoftSellers: true } });
  await submit(simulator, `/portal/microsoft/${firstMicrosoft?.id}/accept`, { microsoftCrmId: "7-XYZ" });
  await submit(simulator, `/portal/microsoft/${secondMicrosoft?.id}/decline`, { reason: "No" });
  expect(simulator.referrals.get(firstMicrosoft?.id ?? "")).toMatchObject({
    substatus: "Accepted",
    trackingInfo: { microsoftMsxId: "7-XYZ" },
  });
  expect(simulator.referrals.get(secondMicrosoft?.id ?? "")).toMatchObject({
    substatus: "Declined",
    statusReason: "No",
  });
});

test("[SP51] an inbound referral is accepted with the form", async () => {
  const simulator = await aSimulator();
  const { id } = simulator.referrals.microsoftCreates();
  await submit(simulator, `/portal/deals/${id}/status`, { substatus: "Accepted" });
  expect(simulator.referrals.get(id)).toMatchObject({ status: "Active", substatus: "Accepted" });
});

test.each([
  ["/portal/deals", { name: "D", dealValue: "lots" }, "not a number"],
  ["/portal/deals", { name: "D", currency: "Euro" }, "currency"],
  ["/portal/deals", { name: "D", closingDate: "soon" }, "date"],
  ["/portal/deals/none/edit", { name: "D" }, "no referral"],
  ["/portal/deals/none/status", { substatus: "Won" }, "no referral"],
] as const)("[SP51] what a form cannot do is said on the page: %s %j", async (path, form, words) => {
  const simulator = await aSimulator();
  const { status, text } = await submit(simulator, path, form);
  expect(status).toBe(400);
  expect(text).toMatch(new RegExp(`role="alert">[^<]*${words}`));
  expect(simulator.referrals.all()).toEqual([]);
});

test("[SP51] an outcome that there is not is refused", async () => {
  const simulator = await aSimulator();
  const { id } = simulator.referrals.newDeal();
  expect((await submit(simulator, `/portal/deals/${id}/status`, { substatus: "Forgotten" })).status).toBe(400);
  expect(simulator.referrals.get(id)).toMatchObject({ status: "Active" });
});

test("[SP52] a form that another site sends is refused", async () => {
  const simulator = await aSimulator();
  const form = { name: "D", customer: "C" };
  for (const origin of ["https://evil.example", "null"]) {
    expect((await submit(simulator, "/portal/deals", form, { origin })).status).toBe(403);
  }
  expect(simulator.referrals.all()).toEqual([]);
  expect((await submit(simulator, "/portal/deals", form, { origin: simulator.referralsUrl })).status).toBe(303);
});
