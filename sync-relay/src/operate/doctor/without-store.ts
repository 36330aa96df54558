import { verbatim } from "../phrase";
import { area, areaNames, finding, skippedArea, type Area } from "./area";

/** Without the database nothing else can be looked at: it holds the sign-ins and the shared budget of calls. */
export function examineWithoutStore(reason: string): readonly Area[] {
  return areaNames.map((name) =>
    name === "relay"
      ? area("relay", verbatim("–"), [finding("database-down", { reason })])
      : skippedArea(name, "relay"),
  );
}
