/**
 * English texts of the configuration page: what is shown when the text web resource cannot be had. That of English is made
 * from these by `npm run generate`.
 */
export const englishPageTexts = {
  title: "CoSell Sync: configuration",
  intro: "What is set up in this environment, and what comes next.",
  checkAgain: "Check again",
  checking: "Checking…",
  checkedAt: "Checked at {time}.",
  support: "Help in your organisation:",

  stateGood: "OK",
  stateTodo: "To do",
  stateInfo: "For information",
  stateUnknown: "Cannot be seen",
  stateLoading: "Checking",

  notAllowed:
    "You do not have the privilege to see this. That does not mean that anything is wrong: ask an administrator to open this page.",
  failedStatus: "This could not be read: Dataverse answered with the error {status}. Check again later.",
  failedNoAnswer: "This could not be read: Dataverse did not answer. Check again later.",
  failedUnreadable: "This could not be read: the answer of Dataverse was not understood.",

  solutionTitle: "Solution",
  solutionVersion: "{name}: version {version}, installed on {date}.",
  solutionUnmanaged: "{name} is unmanaged, which is meant for development only.",
  solutionMissing: "The solution {name} is not in the list of solutions of this environment.",
  solutionOther: "{name} has version {version}, but the main solution has {main}. Import the same version of both.",

  variablesTitle: "Environment variables",
  variableUnset: "not set",
  variableDefault: "{value} (default value)",
  variableNeeded: "“{name}” needs a value.",
  variableNoAddress: "“{name}” is no web address: it begins with https://.",
  variableNoPlace: "“{name}” does not contain {place}, so every link would be the same.",
  variablesMissing: "The environment variables of the solution are not there. Import the solution again.",

  relayTitle: "Relay",
  relayNoAddress: "The relay’s address is not set, so it cannot be asked.",
  relayAddressUnseen: "You may not see the relay’s address, so it cannot be asked from here.",
  relayAnswers: "The relay answers at {address}.",
  relayOther: "Something answers at {address}, but it is not the relay.",
  relayHidden:
    "Something answers at {address}, but does not let this page read what. The relay does when its setting COSELL_DATAVERSE_URL is the address of this environment and its proxy passes /livez on.",
  relayUnseen:
    "The relay does not answer this page at {address}. Either it does not run, or this browser cannot reach it; the two cannot be told apart from here.",
  relayHowToCheck:
    "To make sure, open the link: {expected} means that the relay runs. The command “cosell doctor” says more.",
  relayLink: "Open {address}",

  webhookTitle: "Webhook",
  webhookComplete: "The relay is called when an opportunity is created, changed or deleted ({endpoint}).",
  webhookMissing:
    "Nothing calls the relay yet. Until then it finds changes by its regular search only. Register the webhook with the command “cosell setup”.",
  webhookStepMissing: "The step for the message {message} is missing.",
  webhookStepDisabled: "The step for the message {message} is disabled.",
  webhookColumnsMissing: "The step for the message Update does not listen to: {columns}.",
  webhookNoSecret: "The endpoint {endpoint} has no secret, so the relay refuses its calls.",
  webhookElsewhere: "The endpoint calls {url}, which is not at the relay’s address.",
  webhookRepair: "“cosell setup” puts this right.",

  rolesTitle: "Security roles",
  roleMissing: "The role “{role}” is not in this environment.",
  roleAssigned: "“{role}” is assigned to {who}.",
  roleAssignedTeam: "“{role}” is assigned to the team {who}.",
  roleAssignedMore: "“{role}” is assigned to {who} and others.",
  roleUnassigned: "“{role}” is assigned to nobody.",
  roleNotApplication: "“{role}” is assigned to {who}, who is not an application user. It is meant for the relay alone.",

  securityTitle: "Column security",
  securityOff:
    "Off: forms lock the relay’s columns, but imports, flows and other programs can change them. The solution {name} locks them everywhere.",
  securityOn: "On: {count} columns are locked everywhere.",
  securityPartly: "{count} of {all} columns are locked. Import the solution {name} again.",
  profileMissing: "The profile “{profile}” is not in this environment.",
  profileFilled: "The profile “{profile}” has members.",
  profileEmptyRelay: "The profile “{profile}” has no members: the relay can neither read nor write the locked columns.",
  profileEmptyReader: "The profile “{profile}” has no members: sellers do not see the locked columns.",

  syncTitle: "Opportunities",
  syncNone: "No opportunity is shared yet.",
  syncCounted: "Counted are the opportunities that you may read.",
  syncTooMany: "There are more opportunities than can be counted here.",
  syncLast: "Last synced: {name}, on {date}.",
  syncLastOpen: "Open {name}",
  syncLastNone: "None has been synced yet.",
  syncNameless: "an opportunity without a name",
  syncLinkDiffers:
    "The last link that the relay wrote does not have the form of the variable “{name}”. Make the variable and the relay’s setting COSELL_REFERRAL_LINK equal.",
  syncView: "Open the opportunities that need attention",

  productsTitle: "Products by name",
  productsSome: "Sellers can choose among {count} solutions.",
  productsMany: "Sellers can choose among {count} solutions and more.",
  productsNone:
    "The table “{table}” is empty: sellers type solution ids. Import your solutions, and they choose them by name.",

  nextTitle: "Next step",
  nextWait: "It is being looked at what is set up.",
  nextSolution: "Import the solution {name}.",
  nextAddress: "Set the environment variable “{name}” to the public address of the relay.",
  nextVariable: "Correct the environment variable “{name}”.",
  nextRole: "Assign the role “{role}” to the application user of the relay.",
  nextRoleHuman: "Take the role “{role}” from {who} and assign it to the application user of the relay.",
  nextProfileRelay: "Add the application user of the relay to the column security profile “{profile}”.",
  nextProfileReader: "Add the sellers, best by their team, to the column security profile “{profile}”.",
  nextSecurity: "Import the solution {name} again, so that all columns are locked.",
  nextWebhook: "Register the webhook: run “cosell setup” where the relay is installed.",
  nextWebhookRepair: "Repair the webhook: run “cosell setup” where the relay is installed.",
  nextVersions: "Import the same version of all solutions of CoSell Sync.",
  nextRelay: "See why something else answers at the relay’s address.",
  nextSeller: "Assign the role “{role}” to the sellers, best by their team.",
  nextAttention: "Look after the opportunities that need attention.",
  nextLink: "Make the variable “{name}” and the relay’s setting COSELL_REFERRAL_LINK equal.",
  nextShare: "Share a first opportunity: set “{column}” on its form and save.",
  nextRelaySure: "All that can be seen from here is set up. Make sure once that the relay runs.",
  nextUnknown: "Nothing that you may see is left to do. Ask an administrator to open this page for the rest.",
  nextAgain: "Nothing that could be read is left to do. Some parts gave no answer: check again later.",
  nextNothing: "Nothing. Everything is set up.",
} as const;
