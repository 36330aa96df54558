/**
 * Identifiers of roles and column security profiles. Like every identifier of a component, one never changes once a
 * customer has imported it: an import with another one makes a second component, or fails.
 */
export const securityIds = {
  relayRole: "1f62d117-ccce-422e-9ddd-96abb7dfbf69",
  sellerRole: "cc59d020-a052-46d1-921f-19ecbeaea214",
  relayProfile: "e37c29c5-3f0a-4c64-a73e-49388954297e",
  sellerProfile: "1c4e1539-f597-4849-9a84-f705bb0105a3",
} as const;
