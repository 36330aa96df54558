// docs/admin.md holds what the commands say. The story of the set-up runs them; here its outputs are put into the
// guide's terms (addresses and names of an example) and compared. `UPDATE_GUIDE=1` writes them into the guide instead.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Stand } from "./stand";

const GUIDE = join(__dirname, "..", "..", "docs", "admin.md");
const BLOCK = /<!-- output: ([\w-]+) -->\n\n```text\n([\s\S]*?)```/g;

/** What the guide says, by name. */
export function guideOutputs(): ReadonlyMap<string, string> {
  const text = readFileSync(GUIDE, "utf8");
  return new Map([...text.matchAll(BLOCK)].map(([, name = "", output = ""]) => [name, output]));
}

/** Writes outputs into the guide; other text stays. */
export function updateGuide(outputs: ReadonlyMap<string, string>): void {
  const text = readFileSync(GUIDE, "utf8").replaceAll(BLOCK, (whole, name: string) =>
    outputs.has(name) ? `<!-- output: ${name} -->\n\n\`\`\`text\n${outputs.get(name) ?? ""}\`\`\`` : whole,
  );
  writeFileSync(GUIDE, text);
}

/** An output with the addresses and names of the guide's example in place of this run's. */
export function inGuideTerms({ clouds, folder, publicUrl }: Stand, output: string): string {
  const { COSELL_CLIENT_ID = "", COSELL_TENANT_ID = "" } = clouds.environment;
  return output
    .replaceAll(folder, "/opt/cosell")
    .replaceAll(publicUrl, "https://relay.contoso.com")
    .replaceAll(clouds.dataverse.url, "https://contoso.crm4.dynamics.com")
    .replaceAll(COSELL_CLIENT_ID, "11111111-2222-3333-4444-555555555555")
    .replaceAll(COSELL_TENANT_ID, "66666666-7777-8888-9999-000000000000")
    .replaceAll(/^ {2}http:\/\/127\.0\.0\.1:\d+\/\S+\/oauth2\/v2\.0\/authorize\S+$/gm, SIGN_IN_PAGE)
    .replaceAll(/\b20\d\d-\d\d-\d\d\b/g, "2027-02-20");
}

const SIGN_IN_PAGE = "  https://login.microsoftonline.com/66666666-7777-8888-9999-000000000000/oauth2/v2.0/authorize?…";
