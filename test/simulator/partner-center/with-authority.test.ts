import { createAuthoritySimulator } from "../../../sync-relay/simulator/authority/authority-simulator";
import { aSimulator, clientOf, closeAll, send } from "./started-simulator";

afterEach(closeAll);

const CLIENT = { clientId: "relay", secret: "right" };

async function tokenFor(url: string, tenantId: string, form: Record<string, string>): Promise<string> {
  const body = new URLSearchParams({ client_id: CLIENT.clientId, client_secret: CLIENT.secret, ...form });
  const answer = await fetch(`${url}/${tenantId}/oauth2/v2.0/token`, { method: "POST", body });
  return ((await answer.json()) as { access_token: string }).access_token;
}

test("[SA8] Partner Center takes a user's token of the right audience from the authority, and no other", async () => {
  const authority = await createAuthoritySimulator({ clients: [CLIENT] });
  try {
    const simulator = await aSimulator({ acceptToken: authority.acceptToken });
    const referrals = "https://api.partner.microsoft.com/.default";
    const events = "https://api.partnercenter.microsoft.com/.default";
    const asUser = (scope: string) =>
      tokenFor(authority.url, authority.tenantId, {
        grant_type: "refresh_token",
        refresh_token: authority.issueRefreshToken(CLIENT.clientId),
        scope,
      });
    const list = async (token: string) =>
      (await clientOf(simulator).list("", { authorization: `Bearer ${token}` })).status;
    const app = await tokenFor(authority.url, authority.tenantId, {
      grant_type: "client_credentials",
      scope: referrals,
    });
    expect(await list(await asUser(referrals))).toBe(200);
    expect(await list(await asUser(events))).toBe(401);
    expect(await list(app)).toBe(403);
    expect(await list("forged")).toBe(401);
    const authorization = `Bearer ${await asUser(events)}`;
    const registration = `${simulator.eventsUrl}/webhooks/v1/registration/events`;
    expect((await send(registration, { headers: { authorization } })).status).toBe(200);
  } finally {
    await authority.close();
  }
});
