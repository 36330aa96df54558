/** How every mapping file of the tests begins. */
export const MAPPING_HEAD = "version: 1\nextends: builtin/default\n";

/** An organisation that keeps the value of a deal in a column of its own. */
export const otherDealValue = `toPartnerCenter:
  fields:
    - { to: details.dealValue, from: new_acv, required: true }
toCrm:
  fields:
    - { to: estimatedvalue, off: true }
    - { to: new_acv, from: details.dealValue }
`;
