// The command that validates the definitions of the zips against a schema. Microsoft's own is not part of the repository;
// here a small one stands in for it.

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
import { BUSY_MACHINE_MS } from "./built-solutions";

jest.setTimeout(BUSY_MACHINE_MS);

const script = join(__dirname, "../../scripts/validate-solution-xml.mjs");

const SCHEMA = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:include schemaLocation="Part.xsd" />
  <xs:element name="ImportExportXml"><xs:complexType><xs:sequence>
    <xs:element name="Entities" type="EntitiesType" /></xs:sequence></xs:complexType></xs:element>
</xs:schema>`;
const PART = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:complexType name="EntitiesType"><xs:sequence><xs:element name="Entity" maxOccurs="5" /></xs:sequence></xs:complexType>
</xs:schema>`;
const VALID = "<ImportExportXml><Entities><Entity /></Entities></ImportExportXml>";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cosell-schema-"));
  writeFileSync(join(folder, "CustomizationsSolution.xsd"), SCHEMA);
  writeFileSync(join(folder, "Part.xsd"), PART);
});
afterEach(() => rmSync(folder, { recursive: true }));

function zip(name: string, customizations: string): void {
  writeFileSync(join(folder, name), zipSync({ "customizations.xml": strToU8(customizations) }));
}

function validate(...options: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...options, `--of=${folder}`], {
    encoding: "utf8",
  });
  return { status, text: `${stdout}${stderr}` };
}

test("[SO23] zips whose definitions follow the schema pass", () => {
  zip("a.zip", VALID);
  zip("b.zip", VALID);
  expect(validate(folder)).toEqual({ status: 0, text: "a.zip: valid\nb.zip: valid\n" });
});

test.each([
  ["an element that the schema does not know", VALID.replace("<Entity />", "<Entty />"), "Element 'Entty'"],
  ["an element that is missing", "<ImportExportXml />", "Missing child element"],
  ["a document that is not well-formed", "<ImportExportXml>", "customizations.xml:1"],
])("[SO23] %s fails the command and is named", (_name, customizations, finding) => {
  zip("a.zip", VALID);
  zip("b.zip", customizations);
  const { status, text } = validate(folder);
  expect(status).toBe(1);
  expect(text).toContain("a.zip: valid");
  expect(text).toMatch(/b\.zip: \d+ problems?\n/);
  expect(text).toContain(finding);
});

test("[SO23] without schemas, without zips and without definitions the command fails and says why", () => {
  expect(validate()).toEqual({ status: 1, text: "Name the folder that has CustomizationsSolution.xsd.\n" });
  expect(validate(folder).text).toContain("There is no solution zip in");
  writeFileSync(join(folder, "a.zip"), zipSync({ "solution.xml": strToU8("<x />") }));
  expect(validate(folder).text).toContain("there is no customizations.xml");
  rmSync(join(folder, "CustomizationsSolution.xsd"));
  expect(validate(folder)).toEqual({ status: 1, text: `${folder} has no CustomizationsSolution.xsd.\n` });
});
