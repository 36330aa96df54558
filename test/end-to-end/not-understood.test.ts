import { COLUMN, dealsOf, SOLUTION, statusValue, text } from "./deals";
import { untilHolds } from "./until-holds";
import { START_WITHIN_MS, startWholeRelay } from "./whole-relay";

test(
  "[BI9] a currency that nobody knows is no other currency: the opportunity says so and is not called synced",
  async () => {
    const relay = await startWholeRelay({ environment: { COSELL_SWEEP_SECONDS: "86400", COSELL_COALESCE_MS: "60" } });
    try {
      const deals = dealsOf(relay.clouds);
      const requirements = { solutions: [{ id: SOLUTION, name: "App", type: "Name" }] };
      const details = { requirements, dealValue: 5, currency: "XTS", closingDateTime: "2027-06-30T00:00:00Z" };
      const deal = deals.newDeal({ details });
      await untilHolds(() => expect(text(deals.referral(deal)["externalReferenceId"])).not.toBe(""));
      await relay.atRest();
      // Today: status "Synced", no message, and 5 XTS stand in the CRM as 5 of its base currency.
      expect(deals.theRowOf(deal)[COLUMN.status]).toBe(statusValue("needs-attention"));
      expect(deals.theRowOf(deal)[COLUMN.message]).toContain("XTS");
    } finally {
      await relay.close();
    }
  },
  START_WITHIN_MS,
);
