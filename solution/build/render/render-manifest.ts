// solution.xml: what the solution is called, whose it is, what is in it and what it needs.

import { publisher } from "../../schema/publisher";
import { labelElements, localizedNames, descriptions } from "./labels";
import type { NeededComponent, RootComponent, SolutionPackage } from "../solution-package";
import { asRoot, element, properties, type XmlElement } from "./xml";

/** The oldest platform that has everything in the solutions; a higher one than the environment's is refused. */
const PLATFORM = { version: "9.1.0.643", SolutionPackageVersion: "9.1" };
/** What an address of a publisher has, in the order of an export. Ours are empty, but an import wants them there. */
const ADDRESS_PARTS = [
  ...["City", "County", "Country", "Fax", "FreightTermsCode", "ImportSequenceNumber", "Latitude"],
  ...["Line1", "Line2", "Line3", "Longitude", "Name", "PostalCode", "PostOfficeBox", "PrimaryContactName"],
  ...["ShippingMethodCode", "StateOrProvince", "Telephone1", "Telephone2", "Telephone3"],
  ...["TimeZoneRuleVersionNumber", "UPSZone", "UTCOffset", "UTCConversionTimeZoneCode"],
];
/** The default of a choice: what an address has that nobody filled in. */
const DEFAULT_CHOICE = "1";
const CHOICES = new Set(["AddressTypeCode", "ShippingMethodCode"]);

/** What solution.xml says the file is: one of the two zips, or the source of both. */
export const managedFlags = { unmanaged: 0, managed: 1, both: 2 } as const;

export function renderManifest(given: SolutionPackage, managed: keyof typeof managedFlags): XmlElement {
  const { naming, version, rootComponents, neededComponents } = given;
  const needed = neededComponents.filter(({ managedOnly }) => managed !== "unmanaged" || !managedOnly);
  const manifest = element("SolutionManifest", {}, [
    element("UniqueName", {}, naming.uniqueName),
    localizedNames(naming.labels),
    ...descriptions(naming.description),
    ...properties({ Version: version, Managed: managedFlags[managed] }),
    renderPublisher(),
    element("RootComponents", {}, rootComponents.map(renderRootComponent)),
    element("MissingDependencies", {}, needed.map(renderNeededComponent)),
  ]);
  const attributes = { ...PLATFORM, languagecode: 1033, generatedBy: "CrmLive" };
  return asRoot(element("ImportExportXml", attributes, [manifest]));
}

function renderPublisher(): XmlElement {
  return element("Publisher", {}, [
    element("UniqueName", {}, publisher.uniqueName),
    element("LocalizedNames", {}, labelElements("LocalizedName", publisher.labels)),
    element("Descriptions"),
    nothing("EMailAddress"),
    nothing("SupportingWebsiteUrl"),
    ...properties({
      CustomizationPrefix: publisher.prefix,
      CustomizationOptionValuePrefix: publisher.optionValuePrefix,
    }),
    element("Addresses", {}, [renderAddress(1), renderAddress(2)]),
  ]);
}

function renderAddress(number: number): XmlElement {
  return element("Address", {}, [
    element("AddressNumber", {}, String(number)),
    ...["AddressTypeCode", ...ADDRESS_PARTS].map((part) =>
      CHOICES.has(part) ? element(part, {}, DEFAULT_CHOICE) : nothing(part),
    ),
  ]);
}

function nothing(name: string): XmlElement {
  return element(name, { "xsi:nil": true });
}

function renderRootComponent({ type, schemaName, id, behavior }: RootComponent): XmlElement {
  return element("RootComponent", { type, schemaName, id: id === undefined ? undefined : `{${id}}`, behavior });
}

function renderNeededComponent({ required, dependent }: NeededComponent): XmlElement {
  return element("MissingDependency", {}, [element("Required", required), element("Dependent", dependent)]);
}
