import { referralLinkOf } from "../../sync-relay/src/core/section";

test("[RN1] the link holds the referral's id wherever its template says so, and nothing that ends the address early", () => {
  const template = "https://partner.example/{referralId}/view?id={referralId}";
  expect(referralLinkOf(template, "a/b#c")).toBe("https://partner.example/a%2Fb%23c/view?id=a%2Fb%23c");
});
