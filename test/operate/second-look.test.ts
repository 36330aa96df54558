import { RelayError } from "../../sync-relay/src/core/errors";
import type { CrmColumns } from "../../sync-relay/src/core/mapping/crm-column";
import { withSecondLook, withSecondMetadata } from "../../sync-relay/src/operate/second-look";
import type { CrmEnvironment } from "../../sync-relay/src/ports/crm-environment";
import type { CrmMetadata } from "../../sync-relay/src/ports/crm-metadata";

const unused = (): never => {
  throw new Error("not asked for in this test");
};

/** An environment of which every check gives the same. */
function seenAs(check: () => Promise<never[] | string>): CrmEnvironment {
  const answer = check as () => Promise<never>;
  return {
    ownUser: answer,
    rolesOf: answer,
    privilegesOf: answer,
    securedColumns: answer,
    solutionVersion: answer,
    unreadablePaths: answer,
    unreadableSection: answer,
    tracksChanges: answer,
    languages: answer,
    variables: answer,
    webhooks: answer,
    failedCalls: answer,
    currencies: answer,
    sharedValues: answer,
    changedSince: answer,
    listOpportunities: answer,
    activePartnerCenterFlows: answer,
  };
}

const refuses = (code: "CS-1005" | "CS-1001" | "CS-1202") => () => Promise.reject(new RelayError(code));
const tells = (words: string) => () => Promise.resolve(words);

test("[DC11] what the relay's user may not read is asked as the administrator who has signed in", async () => {
  const look = withSecondLook(seenAs(refuses("CS-1005")), seenAs(tells("as administrator")));
  expect(await look.solutionVersion("CoSellSync")).toBe("as administrator");
  expect(await look.rolesOf("u")).toBe("as administrator");
  expect(await look.privilegesOf("u")).toBe("as administrator");
  expect(await look.securedColumns("u")).toBe("as administrator");
  expect(await look.webhooks()).toBe("as administrator");
  expect(await look.languages()).toBe("as administrator");
  expect(await look.variables()).toBe("as administrator");
  expect(await look.failedCalls([], 0)).toBe("as administrator");
  expect(await look.activePartnerCenterFlows()).toBe("as administrator");
  expect(await look.tracksChanges()).toBe("as administrator");
});

test("[DC11] column definitions that the relay's user may not read are asked as the administrator", async () => {
  const seen: CrmColumns = new Map();
  const metadata = (answer: () => Promise<CrmColumns>): CrmMetadata => ({ everyColumn: answer, columns: answer });
  const tells = metadata(() => Promise.resolve(seen));
  const look = withSecondMetadata(metadata(refuses("CS-1005")), tells);
  expect(await look.everyColumn([])).toBe(seen);
  expect(await look.columns(["name"])).toBe(seen);
  const failing = withSecondMetadata(metadata(refuses("CS-1001")), metadata(unused));
  await expect(failing.columns([])).rejects.toMatchObject({ code: "CS-1001" });
  const nobody = withSecondMetadata(metadata(refuses("CS-1005")), metadata(refuses("CS-1202")));
  await expect(nobody.everyColumn([])).rejects.toMatchObject({ code: "CS-1005" });
});

test("[DC11] who the relay is, and what it reads of deals, is only ever looked at as the relay's user", async () => {
  const look = withSecondLook(seenAs(refuses("CS-1005")), seenAs(unused));
  await expect(look.ownUser()).rejects.toMatchObject({ code: "CS-1005" });
  await expect(look.unreadablePaths(["name"])).rejects.toMatchObject({ code: "CS-1005" });
});

test("[DC11] what may be read, and what fails otherwise, is not asked again", async () => {
  expect(await withSecondLook(seenAs(tells("own")), seenAs(unused)).webhooks()).toBe("own");
  const failing = withSecondLook(seenAs(refuses("CS-1001")), seenAs(unused));
  await expect(failing.webhooks()).rejects.toMatchObject({ code: "CS-1001" });
});

test("[DC11] without a sign-in of an administrator the refusal stays what it is", async () => {
  const look = withSecondLook(seenAs(refuses("CS-1005")), seenAs(refuses("CS-1202")));
  await expect(look.webhooks()).rejects.toMatchObject({ code: "CS-1005" });
});
