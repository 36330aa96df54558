import { ObjectIdentifier, PrintableString, Sequence, Set as SetOf, Utf8String } from "asn1js";
import { RelativeDistinguishedNames } from "pkijs";

/** A certificate's subject or issuer, as far as receivers look at it. */
export interface DistinguishedName {
  readonly commonName: string;
  readonly organization?: string;
}

const OBJECT_IDS = { country: "2.5.4.6", organization: "2.5.4.10", commonName: "2.5.4.3" } as const;

/**
 * The name in a certificate's form, most general part first, as Microsoft's certificates have it. Encoded here because
 * pkijs writes all parts of a name that it has not decoded itself into one multi-valued part.
 */
export function encodeName(name: DistinguishedName): RelativeDistinguishedNames {
  const parts = [part(OBJECT_IDS.country, new PrintableString({ value: "US" }))];
  if (name.organization !== undefined) {
    parts.push(part(OBJECT_IDS.organization, new Utf8String({ value: name.organization })));
  }
  parts.push(part(OBJECT_IDS.commonName, new Utf8String({ value: name.commonName })));
  return RelativeDistinguishedNames.fromBER(new Sequence({ value: parts }).toBER(false));
}

function part(type: string, value: Utf8String | PrintableString): SetOf {
  return new SetOf({ value: [new Sequence({ value: [new ObjectIdentifier({ value: type }), value] })] });
}
