import { channel } from "node:diagnostics_channel";
import { createResponseGuard } from "../../../sync-relay/src/adapters/dataverse/response-guard";

/** How often an answer to somebody else's call is looked at. */
function looksAtAnAnswer(): number {
  let looks = 0;
  const getHeader = (): string => {
    looks += 1;
    return "nobody's";
  };
  channel("http.client.response.finish").publish({ request: { getHeader }, response: {} });
  return looks;
}

test("[DV48] however many mappings were applied, an answer is looked at once", () => {
  // Other test files of this process may have listened before.
  const others = looksAtAnAnswer();
  for (let n = 0; n < 20; n += 1) createResponseGuard();
  expect(looksAtAnAnswer() - others).toBe(1);
});
