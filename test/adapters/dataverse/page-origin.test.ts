import { pageOriginOf } from "../../../sync-relay/src/adapters/dataverse/page-origin";

test.each([
  ["https://contoso.crm4.dynamics.com", "https://contoso.crm4.dynamics.com"],
  ["https://contoso.api.crm4.dynamics.com", "https://contoso.crm4.dynamics.com"],
  ["https://Contoso.api.crm.dynamics.com/", "https://contoso.crm.dynamics.com"],
  ["https://crm.contoso.example/organisation", "https://crm.contoso.example"],
  ["https://crm.api.contoso.example", "https://crm.api.contoso.example"],
  ["http://127.0.0.1:5555", "http://127.0.0.1:5555"],
])("[HT11] pages of %s come from %s", (dataverseUrl, origin) => {
  expect(pageOriginOf(dataverseUrl)).toBe(origin);
});
