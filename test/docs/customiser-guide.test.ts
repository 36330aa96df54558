// The customiser's guide against what it tells of: names of zips, columns, roles, scripts and pages, links and pictures.

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { columnSecurityProfiles } from "../../solution/schema/column-security";
import { environmentVariables } from "../../solution/schema/environment-variables";
import { coSellTab, ownForms } from "../../solution/schema/forms";
import { opportunityColumns, referralKey } from "../../solution/schema/opportunity-columns";
import { securityRoles, type RolePrivilege } from "../../solution/schema/security-roles";
import { packageNames } from "../../solution/schema/solution-packages";
import { solutionTable } from "../../solution/schema/solution-table";
import { opportunityViews } from "../../solution/schema/views";
import { configurationPage, formLoadHandler, viewIcon, webResources } from "../../webresources/web-resources";
import { loaded } from "../adapters/mapping-file/a-mapping-file";
import { takePictures } from "../configuration-page/take-pictures";
import { BROWSER_TEST_TIMEOUT_MS } from "../support/run-browser";

const docs = join(__dirname, "../../docs");
const guide = readFileSync(join(docs, "customiser.md"), "utf8");
/** The guide as one line, so that line breaks divide no name. */
const text = guide.replace(/\s+/g, " ");

/** Cells of the table whose first column has this heading. */
function table(heading: string): readonly (readonly string[])[] {
  const lines = guide.split("\n");
  const start = lines.findIndex((line) => line.startsWith(`| ${heading} `));
  const rows = lines.slice(start + 2, start + 2 + lines.slice(start + 2).findIndex((line) => !line.startsWith("|")));
  return rows.map((row) =>
    row
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

test("[CU7] the guide names every zip that is built, and no other", () => {
  const named = table("zip").map(([zip = ""]) => zip.replaceAll("`", ""));
  const { main, salesInsights, columnSecurity } = packageNames;
  expect(named).toEqual([
    `${main.uniqueName}_<version>_managed.zip`,
    `${salesInsights.uniqueName}_<version>_managed.zip`,
    `${columnSecurity.uniqueName}_<version>_managed.zip`,
    `${main.uniqueName}_<version>.zip`,
    `${columnSecurity.uniqueName}_<version>.zip`,
  ]);
  for (const { labels } of [main, salesInsights, columnSecurity]) expect(text).toContain(`_${labels.en}_`);
});

test("[CU7] every column of the section is in the guide, with who writes it, and nothing named like one is missing", () => {
  const listed = table("column").map(([column = "", , writer = ""]) => [column.replaceAll("`", ""), writer]);
  expect(Object.fromEntries(listed)).toEqual(
    Object.fromEntries(Object.values(opportunityColumns).map(({ logicalName, writer }) => [logicalName, writer])),
  );
  const known = new Set([
    ...Object.values(opportunityColumns).map(({ logicalName }) => logicalName),
    ...webResources.map(({ name }) => name),
  ]);
  const named = [...guide.matchAll(/cosell_[\w/.-]*\w/g)].map(([name]) => name);
  expect(named.filter((name) => !known.has(name as never))).toEqual([]);
});

test("[CU7] what the guide says of the relay's role is the role", () => {
  const names: Readonly<Record<string, string>> = { Currency: "TransactionCurrency" };
  const told = table("table").flatMap(([name = "", all = "", own = ""]): readonly RolePrivilege[] => {
    const of = (cell: string, depth: RolePrivilege["depth"]) =>
      cell
        .split(", ")
        .filter((action) => action !== "")
        .map((action) => ({ name: `prv${action}${names[name] ?? name}`, depth }));
    return [...of(all, "organisation"), ...of(own, "user")];
  });
  const byName = (a: RolePrivilege, b: RolePrivilege) => (a.name < b.name ? -1 : 1);
  expect([...told].sort(byName)).toEqual(securityRoles.find(({ key }) => key === "relay")?.privileges);
});

test("[CU7] roles, profiles, forms, views, variables, scripts and pages bear the names that the guide gives them", () => {
  const bold = [
    coSellTab.labels,
    ownForms.coSellOpportunity.labels,
    solutionTable.labels,
    ...securityRoles.map(({ labels }) => labels),
    ...columnSecurityProfiles.map(({ labels }) => labels),
    ...opportunityViews.map(({ labels }) => labels),
    ...Object.values(environmentVariables).map(({ labels }) => labels),
  ];
  expect(bold.map(({ en }) => en).filter((name) => !text.includes(`**${name}**`))).toEqual([]);
  expect(text).toContain(`_${referralKey.labels.en}_`);
  expect(text).toContain(`/WebResources/${configurationPage}`);
  for (const { script, functionName } of [formLoadHandler, viewIcon]) {
    expect(text).toContain(`\`${script}\``);
    expect(text).toContain(`\`${functionName}\``);
  }
});

test("[CU7] every link of the guide leads somewhere", () => {
  const links = [...guide.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = ""]) => target);
  const broken = links.filter((target) => {
    if (/^https:\/\/(learn|make|admin)\.(microsoft|powerapps|powerplatform)\.com/.test(target)) return false;
    const [path = "", anchor] = target.split("#");
    const file = path === "" ? join(docs, "customiser.md") : join(docs, path);
    return !existsSync(file) || (anchor !== undefined && !anchorsOf(readFileSync(file, "utf8")).includes(anchor));
  });
  expect(links.length).toBeGreaterThan(25);
  expect(broken).toEqual([]);
});

test("[CU7] the mapping file that the guide shows is one that the relay takes", () => {
  const files = [...guide.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, file = ""]) => file);
  expect(files.map((file) => loaded(file).crmPaths.includes("new_acv"))).toEqual([true]);
});

/** Anchors of the headings of a page. */
function anchorsOf(page: string): readonly string[] {
  return [...page.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\w\s-]/g, "")
      .replace(/\s/g, "-"),
  );
}

/** Largest picture that a guide should make its readers load, in bytes. */
const PICTURE_BYTES = 150_000;

test("[CU8] every picture is small, there, and described for those who do not see it", () => {
  const shown = [...guide.matchAll(/!\[([^\]]+)\]\(([^)]+)\)/g)];
  expect(shown.length).toBeGreaterThan(3);
  for (const [, words = "", file = ""] of shown) {
    expect([file, words.length > 40]).toEqual([file, true]);
    expect([file, statSync(join(dirname(join(docs, "x")), file)).size < PICTURE_BYTES]).toEqual([file, true]);
  }
  const own = shown.map(([, , file = ""]) => file).filter((file) => file.startsWith("pictures/"));
  expect(own.map((file) => file.slice("pictures/".length)).sort()).toEqual(readdirSync(join(docs, "pictures")).sort());
});

test(
  "[CU8] the pictures are taken of what is built, and those that are kept are the same ones",
  async () => {
    const folder = mkdtempSync(join(tmpdir(), "cosell-guide-"));
    await takePictures(folder);
    expect(readdirSync(folder).sort()).toEqual(readdirSync(join(docs, "pictures")).sort());
    for (const name of readdirSync(folder)) {
      // Fonts differ from machine to machine, and with them where lines break; the width does not.
      expect([name, widthOf(join(folder, name))]).toEqual([name, widthOf(join(docs, "pictures", name))]);
    }
    rmSync(folder, { recursive: true });
  },
  BROWSER_TEST_TIMEOUT_MS,
);

function widthOf(path: string): number {
  const bytes = readFileSync(path);
  expect(bytes.subarray(1, 4).toString("latin1")).toBe("PNG");
  return bytes.readUInt32BE(16);
}
