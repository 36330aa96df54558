// Every GUID of the solutions. They are what Dataverse knows a component by: one that changes is another component, and an
// upgrade would delete the old one. New ids are added, none is ever changed or used twice.

import type { OpportunityColumnRole } from "./opportunity-columns";

/** Columns that stand on the co-sell tab beside the one that carries the control. */
export type CompanionRole = Exclude<OpportunityColumnRole, "sync" | "syncState">;

/** Parts of the tab "Microsoft co-sell" on one form. */
export interface CoSellTabIds {
  readonly tab: string;
  readonly section: string;
  /** The cell of the control, and the control itself. */
  readonly cell: string;
  readonly control: string;
  /** The hidden section with the other columns, and a cell for each. */
  readonly columnsSection: string;
  readonly columnCells: { readonly [R in CompanionRole]: string };
  /** The script of the form, and its handler of the load event. */
  readonly library: string;
  readonly loadHandler: string;
}

/** Forms of Microsoft's that the product adds its tab to. These two are Microsoft's ids. */
export const shippedFormIds = {
  opportunity: "a837e4a7-01b8-4f82-a475-be9abd67e667",
  salesInsights: "595978a6-704c-4aec-aab8-34f3927c1cda",
} as const;

/** Forms of the product's own. */
export const ownFormIds = {
  coSellOpportunity: "18d081df-6602-4489-b585-c803c82bc74e",
  coSellSolution: "09af7d9d-f053-4857-8039-aa7c9633f976",
} as const;

/** On the shipped Opportunity form. */
export const opportunityTabIds: CoSellTabIds = {
  tab: "59910c74-25ef-426b-9b66-686d39c25a14",
  section: "a9ceb2b6-7068-4f78-9ed2-983236822ab8",
  cell: "81917968-eaa8-4a60-a150-739f9db74085",
  control: "9b4be383-3410-41e7-8cee-e20a31a69c11",
  columnsSection: "b405a615-f2fe-4043-b368-7a1ebf3045c9",
  columnCells: {
    help: "207cc87d-e626-4802-8100-d46622b8d77b",
    products: "44c3d257-6044-4dc4-b3f2-b56e58a8939a",
    visible: "f872a379-e2da-4b34-81db-a4188dd999f3",
    referralId: "e4457a4f-2242-4854-945a-cc402d1d78f7",
    referralLink: "7442c687-2fe1-4c02-a2bb-2a71186cbfad",
    audit: "021bd151-574f-417a-8a93-729252a0bf72",
    syncStatus: "1a125118-ed81-406e-8adb-6e8937f4536a",
    syncMessage: "867b3c4f-84e2-4db7-b0e8-d35dfe8a65bb",
    lastSyncedOn: "f9f61066-54c1-40cd-b1b2-21a8d3ec1425",
    expiresOn: "13ba7026-9392-4ea8-95b8-c03e3bb72841",
    microsoftCrmId: "e05d6e95-6a53-49f9-9672-1b501e087bcf",
    referralStatus: "3d35d6c8-5230-4e79-9882-f2a7cd6b1aa5",
  },
  library: "1b643045-ae3c-41fa-b49e-973e7de1b46a",
  loadHandler: "0786a226-e9db-40c6-92e6-c9c9e794d572",
};

/** On the shipped Sales Insights form. */
export const salesInsightsTabIds: CoSellTabIds = {
  tab: "acbc7eb6-2221-4dfe-832d-4050d7f334a1",
  section: "573f6c22-00f5-4f8d-9d58-06082b0ea615",
  cell: "098ba6ad-84fb-475f-b41e-90b218258cb5",
  control: "ae2f4029-d277-4df3-973c-83637e42cb23",
  columnsSection: "1f5808c8-163a-42d8-bbf4-64950dc8070d",
  columnCells: {
    help: "92b3491a-b015-4f8f-afba-d7faba831c16",
    products: "3125c8a2-c8d3-4849-aa79-e3f1f555ca04",
    visible: "e21f1778-3394-441d-a123-17ac843e6a67",
    referralId: "a077811f-ee79-42c0-8d0f-463d12a01491",
    referralLink: "d5ba8d20-175d-41d2-a117-fc6d4bb47f1c",
    audit: "355ca5d4-5bae-4108-9736-7290343fb41d",
    syncStatus: "0d2f05f3-51bd-4abe-bfae-0b45bfff8aed",
    syncMessage: "97f54cf0-72b6-49bb-9c9d-aa70b44defd0",
    lastSyncedOn: "847423a5-fbce-4d5f-ab61-258565ce4753",
    expiresOn: "48c019eb-dd95-4ed9-a373-bd48a35fc1e0",
    microsoftCrmId: "d389c51f-02d6-4a30-8533-eb3a1c48bc49",
    referralStatus: "9efb2a4d-4ed4-40a3-bc01-233080b4653b",
  },
  library: "44fb189e-74ee-4c6d-b728-264c6a11ea68",
  loadHandler: "6fdddb24-423d-4197-ba8c-510ff5455ba4",
};

/** On the product's own Opportunity form. */
export const ownFormTabIds: CoSellTabIds = {
  tab: "45f025c1-23bd-47a3-8d0e-5ccfea939e7f",
  section: "3fbedd38-7588-4db0-a0a9-399df02ddaba",
  cell: "f3882ff5-17aa-4255-91be-51fcf6ed10de",
  control: "46324e62-9b11-42df-abb2-33bb7aa0b4dc",
  columnsSection: "fad25fc7-3f39-4c06-9517-2bce53bcfd24",
  columnCells: {
    help: "cb64b557-b7c7-4d9a-8f37-65123d4a8bbc",
    products: "99618262-8106-4b3f-90a3-79e4fa12b32d",
    visible: "f7364d51-53cd-45ee-9fbd-abbeaa6d2304",
    referralId: "4dd13667-e8da-4997-a4da-d66d0e6d42ca",
    referralLink: "10a17d6c-824b-4bd9-8455-4603247ee2b7",
    audit: "59d17b80-85fe-4258-8508-13c697d45394",
    syncStatus: "06ced201-d952-415f-bc16-5b38f7e26c2f",
    syncMessage: "1c78db49-ab91-4df1-a641-6d176bd7d142",
    lastSyncedOn: "7a35967a-6013-4853-beae-fd13e20dab2b",
    expiresOn: "13364c27-037d-483b-a868-d7804746c21e",
    microsoftCrmId: "d752b3df-55cc-4657-8c10-3bf38d82754c",
    referralStatus: "5fb48553-6856-4b9b-bd0e-0b090032569a",
  },
  library: "4bb67303-0dbf-47c7-9a65-90c829dd9cc3",
  loadHandler: "c9092ba9-6e2a-4404-b0c5-e765ce189822",
};

/** Parts of the product's own Opportunity form, besides the co-sell tab. */
export const ownFormPartIds = {
  summaryTab: "e5b61f8e-5633-4bfc-ae70-22f0f904ca90",
  dealSection: "2784b862-03bd-4b3c-bc19-c1ef21d539aa",
  timelineSection: "6db858aa-d719-4b17-a8b7-78acc8a50b29",
  header: "d8522a43-c2ca-4487-b97d-241f3959894d",
  cells: {
    name: "bda77c51-5c60-4763-a7c3-dbd7bac2afa7",
    parentaccountid: "aaefaa54-ad0e-42a2-8317-b2817cc4e16b",
    parentcontactid: "cdb805b0-fafc-4535-b97f-c5ad58294a61",
    transactioncurrencyid: "f353b9b5-b587-493e-bf4b-5d61e092218b",
    isrevenuesystemcalculated: "33d11f43-304b-48c8-8b0e-1ada0ef62244",
    estimatedvalue: "012f450d-af12-4255-8a94-86165c242d32",
    description: "193bf931-418e-4fc4-9e0b-fde651dbb232",
    timeline: "d701e88a-e8ae-44b9-8dcb-cc24af93f6fa",
    header_estimatedclosedate: "04cec98b-9a1c-4d6d-a135-a1713551d0ca",
    header_statuscode: "cf4f90b3-6aad-4b6b-ac96-0b5ccca20c49",
    header_ownerid: "3f73d5a9-f1ad-4295-ba28-dd947d4da1ab",
  },
} as const;

/** Parts of the form of the table of solutions. */
export const solutionFormPartIds = {
  tab: "a49e5f7b-15eb-47c7-a779-cfda75c0704a",
  section: "f5a5d31c-89ff-479b-843c-b22d164ce0cc",
  header: "2e2de2ab-7730-4535-a7b1-504d896ca908",
  cells: {
    name: "9077046e-0125-42aa-8c3c-beba65f148ef",
    solutionId: "b2d8722a-4c57-41da-8585-9685a8c29066",
    solutionType: "93118dfe-39dd-49ea-bd8e-30d8aa9f6ee8",
    header_statecode: "cda1bf38-e8af-4acb-b7a0-891826fd7ccf",
  },
} as const;

/** Views. */
export const viewIds = {
  coSellOpportunities: "a3495c68-a38b-4d84-b5d4-217e3929bf17",
  coSellNeedsAttention: "7b2d5e9d-ca77-48c5-aecb-103fab7a6c0a",
  activeSolutions: "7ebd13ff-df64-4752-b746-137651db45c0",
  inactiveSolutions: "dee76c6d-8920-47ff-a7e7-f47bbbc5e6b9",
  solutionQuickFind: "b6603b84-c1e9-4d1a-aead-b9424de7be9b",
  solutionLookup: "e5755372-a78d-491a-a693-6d22b106ad3a",
  solutionAssociated: "ed657f99-54a7-4f64-929c-5881dd0a3b54",
  solutionAdvancedFind: "5f1e5187-5327-469b-b923-130b9ed568b4",
} as const;

/** Web resources by name. */
export const webResourceIds: { readonly [name: string]: string } = {
  "cosell_/icons/not-shared.svg": "6c698f9f-c0a4-4146-b140-bd859637fc43",
  "cosell_/icons/waiting.svg": "10e70fd7-7e00-4a49-9938-0ffc0226220b",
  "cosell_/icons/synced.svg": "50f376a8-9200-4fe1-a837-31a4551849ed",
  "cosell_/icons/retrying.svg": "13ee1692-7ae1-424d-91ed-2669e39c51a6",
  "cosell_/icons/needs-attention.svg": "1a8e266d-40bf-4b00-8126-62906b4b8530",
  "cosell_/icons/closed.svg": "8f854ec0-ca5b-4336-9e26-b20ea3a71c2c",
  "cosell_/strings/CoSell.1033.resx": "a30e9c38-6962-4446-9205-4703fa761bd2",
  "cosell_/strings/CoSell.1036.resx": "b4eb71fa-ea66-4e13-a90c-c45c5bcc60b4",
  "cosell_/scripts/opportunity-view.js": "9367c445-f358-4487-9982-c2954e91dc03",
  "cosell_/scripts/opportunity-form.js": "d330767b-db9d-4014-a791-d35647b5b960",
  "cosell_/strings/CoSellConfiguration.1033.resx": "27380e4a-52c6-4092-b188-71e7e2ae2082",
  "cosell_/strings/CoSellConfiguration.1036.resx": "1c45fe59-a00b-4d4d-9a6a-76f04457f8dc",
  "cosell_/pages/configuration.css": "df1e0ee6-5028-449f-a4ba-bc0b44874ddb",
  "cosell_/pages/configuration.js": "b2e7a2dd-d28e-4d60-acc7-c40b352aeef7",
  "cosell_/pages/configuration.html": "bab48d2f-4ee1-42ba-ba3f-a6914053325e",
};

/** How a web resource is named as a dependency of another; keyed by the one that is needed. */
export const dependencyIds: { readonly [name: string]: string } = {
  "cosell_/strings/CoSell.1033.resx": "ad9a18a3-d8df-4b74-9d37-aae7b344e360",
  "cosell_/strings/CoSell.1036.resx": "fa842fe2-9222-4de3-bdd0-acf2245fd659",
  "cosell_/strings/CoSellConfiguration.1033.resx": "32954a04-931f-427f-9b61-a8b43d3944b6",
  "cosell_/strings/CoSellConfiguration.1036.resx": "8db10fbf-18e2-4217-972b-d4470c11253d",
  "cosell_/pages/configuration.css": "39e11366-156b-41fc-9881-6f21d18b98a6",
  "cosell_/pages/configuration.js": "dc85efa3-437e-4dac-afc3-fce29be9b857",
};

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
