// Keys of the referral resource as Microsoft documents them (API reference and the schema of the Power Automate
// connector). Only used to give a key its documented spelling when a server spells it in another case.

/** Every documented key, once, whatever object it belongs to. */
export const documentedKeys: readonly string[] = `
acceptedDateTime actionRequiredDateTime additionalRequirements address addressLine1 addressLine2 approvedDateTime
assistanceRequestCode attributes callToAction campaignId city closedDateTime closingDateTime consent
consentToContact consentToMicrosoftToContactSpecificPartners consentToShareReferralWithMicrosoftSellers
consentToToShareInfoWithOthers contactPreference contract country createdDateTime createdVia currency
customerAction customerProfile customerRequestedContact dealSensitivity dealValue details direction
disableNotifications email endDateTime engagementId eTag expirationDateTime externalReferenceId failedDateTime
favorite firstName id ids incentiveLevel industries inviteContext invitedBy invitedMpnId isDeployedOnAzure
isMarketplaceTransacted isMatchingComplete isSpam lastModifiedVia lastName lastRunId links locale
marketplaceTransactionDateTime marketplaceTransactionDetails method microsoftMsxId mpnId name notes offers
organizationId organizationName passedDateTime phoneNumber postalCode price pricingModel primaryDeploymentOn
products profileType publisherName qualification quality quantity referralProgram referralSource region
registrationDateTime registrations registrationStatus relatedReferrals requirements reviewPendingDateTime
salesPlays salesStage self services signDateTime size solutionDetails solutions solutionType startDateTime state
status statusHistory statusReason substatus tag tags target team term title trackingInfo type updatedDateTime uri
value
`
  .trim()
  .split(/\s+/);
