"use strict";
(() => {
  // solution/schema/component-ids.ts
  var viewIds = {
    coSellOpportunities: "a3495c68-a38b-4d84-b5d4-217e3929bf17",
    coSellNeedsAttention: "7b2d5e9d-ca77-48c5-aecb-103fab7a6c0a",
    activeSolutions: "7ebd13ff-df64-4752-b746-137651db45c0",
    inactiveSolutions: "dee76c6d-8920-47ff-a7e7-f47bbbc5e6b9",
    solutionQuickFind: "b6603b84-c1e9-4d1a-aead-b9424de7be9b",
    solutionLookup: "e5755372-a78d-491a-a693-6d22b106ad3a",
    solutionAssociated: "ed657f99-54a7-4f64-929c-5881dd0a3b54",
    solutionAdvancedFind: "5f1e5187-5327-469b-b923-130b9ed568b4"
  };
  var securityIds = {
    relayRole: "1f62d117-ccce-422e-9ddd-96abb7dfbf69",
    sellerRole: "cc59d020-a052-46d1-921f-19ecbeaea214",
    relayProfile: "e37c29c5-3f0a-4c64-a73e-49388954297e",
    sellerProfile: "1c4e1539-f597-4849-9a84-f705bb0105a3"
  };

  // webresources/configuration-page/checks/ask-relay.ts
  var LIVENESS_PATH = "/livez";
  var LIVENESS_ANSWER = '{"alive":true}';
  var ANSWER_WITHIN_MS = 1e4;
  function relayAddressOf(value) {
    if (value === null) return null;
    try {
      const { protocol, origin, pathname } = new URL(value.trim());
      return protocol === "https:" || protocol === "http:" ? `${origin}${pathname}`.replace(/\/+$/, "") : null;
    } catch (e) {
      return null;
    }
  }
  async function askRelay(value, ask = askByFetch) {
    const address = relayAddressOf(value);
    if (address === null) return { kind: "no-address" };
    const liveness = `${address}${LIVENESS_PATH}`;
    const readable = await outcome(ask(liveness, "cors"));
    if (readable !== void 0) return { kind: await saysAlive(readable) ? "alive" : "other", address };
    const hidden = await outcome(ask(liveness, "no-cors"));
    return { kind: hidden === void 0 ? "unseen" : "hidden", address };
  }
  async function saysAlive(response) {
    try {
      const body = await response.json();
      return response.ok && typeof body === "object" && body !== null && "alive" in body && body.alive === true;
    } catch (e) {
      return false;
    }
  }
  async function outcome(asked) {
    try {
      return await asked;
    } catch (e) {
      return void 0;
    }
  }
  async function askByFetch(address, mode) {
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), ANSWER_WITHIN_MS);
    try {
      return await fetch(address, {
        mode,
        cache: "no-store",
        credentials: "omit",
        referrerPolicy: "no-referrer",
        signal: limit.signal
      });
    } finally {
      clearTimeout(timer);
    }
  }

  // solution/schema/opportunity-columns.ts
  var opportunityColumns = {
    sync: seller("cosell_SyncWithPartnerCenter", yesNo({ en: "Yes", fr: "Oui" }, { en: "No", fr: "Non" }), {
      en: "Sync with Partner Center",
      fr: "Synchroniser avec l\u2019espace partenaires"
    }),
    help: seller(
      "cosell_HelpRequired",
      { kind: "choice", choice: "cosell_help" },
      {
        en: "How can Microsoft help?",
        fr: "Comment Microsoft peut-il vous aider ?"
      }
    ),
    products: seller(
      "cosell_Products",
      { kind: "multi-line", maxLength: 4e3 },
      {
        en: "Products",
        fr: "Produits"
      }
    ),
    visible: seller(
      "cosell_VisibleToMicrosoft",
      yesNo(
        { en: "Visible to Microsoft sellers", fr: "Visible par les vendeurs de Microsoft" },
        { en: "Not visible to Microsoft sellers", fr: "Non visible par les vendeurs de Microsoft" }
      ),
      { en: "Visible to Microsoft", fr: "Visible par Microsoft" }
    ),
    referralId: relay(
      "cosell_ReferralIdentifier",
      { kind: "text", maxLength: 100 },
      {
        en: "Referral identifier",
        fr: "Identificateur de r\xE9f\xE9rence"
      }
    ),
    referralLink: relay(
      "cosell_ReferralLink",
      { kind: "url", maxLength: 500 },
      {
        en: "Referral link",
        fr: "Lien de r\xE9f\xE9rence"
      }
    ),
    audit: relay("cosell_Audit", { kind: "multi-line", maxLength: 2e4 }, { en: "Audit", fr: "Audit" }),
    syncStatus: relay(
      "cosell_SyncStatus",
      { kind: "choice", choice: "cosell_syncstatus" },
      {
        en: "Sync status",
        fr: "\xC9tat de la synchronisation"
      }
    ),
    syncMessage: relay(
      "cosell_SyncMessage",
      { kind: "text", maxLength: 1e3 },
      {
        en: "Sync message",
        fr: "Message de synchronisation"
      }
    ),
    lastSyncedOn: relay(
      "cosell_LastSyncedOn",
      { kind: "date-time" },
      {
        en: "Last synced on",
        fr: "Derni\xE8re synchronisation"
      }
    ),
    expiresOn: relay("cosell_ExpiresOn", { kind: "date-time" }, { en: "Expires on", fr: "Expire le" }),
    microsoftCrmId: relay(
      "cosell_MicrosoftCrmIdentifier",
      { kind: "text", maxLength: 100 },
      {
        en: "Microsoft CRM identifier",
        fr: "Identificateur CRM de Microsoft"
      }
    ),
    referralStatus: relay(
      "cosell_ReferralStatus",
      { kind: "text", maxLength: 200 },
      {
        en: "Referral status",
        fr: "\xC9tat de la r\xE9f\xE9rence"
      }
    ),
    syncState: {
      ...relay(
        "cosell_SyncState",
        { kind: "multi-line", maxLength: 1e5 },
        {
          en: "Sync state",
          fr: "\xC9tat interne de la synchronisation"
        }
      ),
      shown: false
    }
  };
  var referralKey = {
    schemaName: "cosell_ReferralKey",
    logicalName: "cosell_referralkey",
    columns: [opportunityColumns.referralId.logicalName],
    labels: { en: "Referral identifier", fr: "Identificateur de r\xE9f\xE9rence" }
  };
  function yesNo(yes, no) {
    return { kind: "yes-no", defaultValue: false, labels: { yes, no } };
  }
  function seller(schemaName, type, labels2) {
    return { schemaName, logicalName: schemaName.toLowerCase(), type, labels: labels2, writer: "seller", shown: true };
  }
  function relay(schemaName, type, labels2) {
    return { ...seller(schemaName, type, labels2), writer: "relay" };
  }

  // solution/schema/column-security.ts
  var columnSecuritySolution = {
    uniqueName: "CoSellSyncColumnSecurity",
    labels: { en: "CoSell Sync column security", fr: "S\xE9curit\xE9 des colonnes CoSell Sync" },
    description: {
      en: "Locks the columns that only the CoSell Sync relay writes for everybody else, whatever way they come in.",
      fr: "Verrouille les colonnes que seul le relais CoSell Sync \xE9crit, pour tous les autres et quelle que soit la voie d\u2019acc\xE8s."
    }
  };
  var keyColumns = referralKey.columns;
  var lockable = Object.values(opportunityColumns).filter(
    ({ writer, logicalName }) => writer === "relay" && !keyColumns.includes(logicalName)
  );
  var securedColumns = lockable.map(({ logicalName }) => logicalName);
  var columnSecurityProfiles = [
    {
      key: "relay",
      id: securityIds.relayProfile,
      labels: { en: "CoSell Sync relay", fr: "Relais CoSell Sync" },
      description: {
        en: "For the application user of the relay: reads and writes the columns of the co-sell section.",
        fr: "Pour l\u2019utilisateur d\u2019application du relais : lit et \xE9crit les colonnes de la section co-vente."
      },
      columns: securedColumns,
      permissions: { read: true, create: true, update: true }
    },
    {
      key: "seller",
      id: securityIds.sellerProfile,
      labels: { en: "CoSell Sync reader", fr: "Lecteur CoSell Sync" },
      description: {
        en: "For everybody who works with opportunities: reads the columns of the co-sell section and cannot write them.",
        fr: "Pour toutes les personnes qui travaillent sur des opportunit\xE9s : lit les colonnes de la section co-vente sans pouvoir les \xE9crire."
      },
      columns: lockable.filter(({ shown }) => shown).map(({ logicalName }) => logicalName),
      permissions: { read: true, create: false, update: false }
    }
  ];

  // webresources/configuration-page/web-api.ts
  var ANSWER_WITHIN_MS2 = 3e4;
  var HEADERS = { Accept: "application/json", "OData-MaxVersion": "4.0", "OData-Version": "4.0" };
  function createWebApi(organisation) {
    return {
      async get(address) {
        const response = await answered(`${organisation}/api/data/v9.2/${address}`);
        if (response === void 0) return { kind: "no-answer" };
        const body = await bodyOf(response);
        if (response.ok) return body === void 0 ? { kind: "unreadable" } : { kind: "seen", value: body };
        if (response.status === 401 || response.status === 403) return { kind: "not-allowed" };
        const error = body === void 0 ? void 0 : body["error"];
        return { kind: "failed", status: response.status, code: isRow(error) ? text(error["code"]) : "" };
      }
    };
  }
  async function answered(address) {
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), ANSWER_WITHIN_MS2);
    try {
      return await fetch(address, { headers: HEADERS, credentials: "same-origin", signal: limit.signal });
    } catch (e) {
      return void 0;
    } finally {
      clearTimeout(timer);
    }
  }
  async function bodyOf(response) {
    try {
      const body = await response.json();
      return isRow(body) ? body : void 0;
    } catch (e) {
      return void 0;
    }
  }
  function mapSeen(seen, understand) {
    if (seen.kind !== "seen") return seen;
    const value = understand(seen.value);
    return value === void 0 ? { kind: "unreadable" } : { kind: "seen", value };
  }
  function rowsOf(body, key = "value") {
    const rows = body[key];
    return Array.isArray(rows) ? rows.filter(isRow) : void 0;
  }
  function isRow(value) {
    return typeof value === "object" && value !== null && !Array.isArray(value);
  }
  function text(value) {
    return typeof value === "string" ? value : "";
  }

  // webresources/configuration-page/checks/read-security.ts
  var SHOWN = 3;
  var USERS = "systemuserroles_association";
  var TEAMS = "teamroles_association";
  async function readRole(api, roleId) {
    const address = [
      "roles?$select=roleid",
      `$filter=_parentrootroleid_value eq ${roleId}`,
      `$expand=${USERS}($select=fullname,applicationid;$top=${SHOWN}),${TEAMS}($select=name;$top=${SHOWN})`
    ].join("&");
    return mapSeen(await api.get(address), (body) => {
      const rows = rowsOf(body);
      return rows === void 0 ? void 0 : assignmentOf(rows);
    });
  }
  function assignmentOf(copies) {
    return {
      exists: copies.length > 0,
      users: within(copies, USERS).map((user) => {
        return { name: text(user["fullname"]), isApplication: text(user["applicationid"]) !== "" };
      }),
      teams: within(copies, TEAMS).map((team) => text(team["name"]))
    };
  }
  function within(rows, property) {
    return rows.reduce((all, row) => [...all, ...rowsOf(row, property) || []], []);
  }
  async function readLockedColumns(api) {
    const names = securedColumns.map((name) => `LogicalName eq '${name}'`).join(" or ");
    const address = `EntityDefinitions(LogicalName='opportunity')/Attributes?$select=LogicalName,IsSecured&$filter=${names}`;
    return mapSeen(await api.get(address), (body) => {
      const rows = rowsOf(body);
      if (rows === void 0) return void 0;
      return { locked: rows.filter((row) => row["IsSecured"] === true).length, all: securedColumns.length };
    });
  }
  var PROFILE_USERS = "systemuserprofiles_association";
  var PROFILE_TEAMS = "teamprofiles_association";
  async function readProfile(api, profileId) {
    const address = [
      "fieldsecurityprofiles?$select=name",
      `$filter=fieldsecurityprofileid eq ${profileId}`,
      `$expand=${PROFILE_USERS}($select=systemuserid;$top=1),${PROFILE_TEAMS}($select=teamid;$top=1)`
    ].join("&");
    return mapSeen(await api.get(address), (body) => {
      const rows = rowsOf(body);
      if (rows === void 0) return void 0;
      if (rows.length === 0) return "missing";
      return within(rows, PROFILE_USERS).length + within(rows, PROFILE_TEAMS).length > 0 ? "filled" : "empty";
    });
  }

  // solution/schema/publisher.ts
  var publisher = {
    uniqueName: "cosellsync",
    prefix: "cosell",
    /** Option values are this number × 10,000 + n (Dataverse's rule for choices of a publisher). */
    optionValuePrefix: 84213,
    labels: { en: "CoSell Sync", fr: "CoSell Sync" }
  };
  var solutionUniqueName = "CoSellSync";
  function optionValue(n) {
    return publisher.optionValuePrefix * 1e4 + n;
  }

  // solution/schema/environment-variables.ts
  var REFERRAL_ID_PLACE = "{referralId}";
  var environmentVariables = {
    /** Read by the configuration page, which looks whether the relay answers there. */
    relayAddress: {
      schemaName: `${publisher.prefix}_RelayAddress`,
      type: "text",
      labels: { en: "Relay address", fr: "Adresse du relais" },
      description: {
        en: "Public address of the CoSell Sync relay, e.g. https://cosell.contoso.com. The configuration page asks it whether it runs.",
        fr: "Adresse publique du relais CoSell Sync, par exemple https://cosell.contoso.com. La page de configuration lui demande s\u2019il fonctionne."
      },
      defaultValue: null
    },
    /** Read by the configuration page, which compares it with the links that the relay wrote. */
    referralLink: {
      schemaName: `${publisher.prefix}_ReferralLink`,
      type: "text",
      labels: { en: "Link to a referral", fr: "Lien vers une r\xE9f\xE9rence" },
      description: {
        en: "How a link to a referral in Partner Center looks; {referralId} stands for its identifier. Keep it equal to the relay\u2019s setting COSELL_REFERRAL_LINK.",
        fr: "Forme d\u2019un lien vers une r\xE9f\xE9rence de l\u2019espace partenaires ; {referralId} repr\xE9sente son identificateur. Gardez la m\xEAme valeur que le param\xE8tre COSELL_REFERRAL_LINK du relais."
      },
      defaultValue: `https://partner.microsoft.com/referrals/v2/inbox?id=${REFERRAL_ID_PLACE}`
    },
    /** Read by the configuration page, which names it wherever it says to ask somebody. */
    supportAddress: {
      schemaName: `${publisher.prefix}_SupportAddress`,
      type: "text",
      labels: { en: "Support address", fr: "Adresse de l\u2019assistance" },
      description: {
        en: "E-mail or web address of the people who help with the co-sell sync in this organisation. The configuration page shows it.",
        fr: "Adresse de messagerie ou adresse web des personnes qui assistent pour la synchronisation de co-vente dans cette organisation. La page de configuration l\u2019affiche."
      },
      defaultValue: null
    }
  };

  // solution/schema/solution-packages.ts
  var packageNames = {
    main: {
      uniqueName: solutionUniqueName,
      labels: { en: "CoSell Sync", fr: "CoSell Sync" },
      description: {
        en: "The co-sell section on opportunities: shares deals with Microsoft and keeps them in step with Partner Center.",
        fr: "La section de co-vente des opportunit\xE9s : partage les affaires avec Microsoft et les synchronise avec l\u2019espace partenaires."
      }
    },
    /** By itself, since not every environment has that form, and an import stops where a form is missing. */
    salesInsights: {
      uniqueName: `${solutionUniqueName}SalesInsights`,
      labels: { en: "CoSell Sync on the Sales Insights form", fr: "CoSell Sync sur le formulaire Sales Insights" },
      description: {
        en: "Puts the co-sell section on the Sales Insights form too. Needs that form and the solution CoSell Sync.",
        fr: "Place la section de co-vente \xE9galement sur le formulaire Sales Insights. N\xE9cessite ce formulaire et la solution CoSell Sync."
      }
    },
    columnSecurity: columnSecuritySolution
  };

  // solution/schema/solution-table.ts
  var solutionTable = {
    schemaName: "cosell_CoSellSolution",
    logicalName: "cosell_cosellsolution",
    /** Name of the collection in the Web API. */
    entitySetName: "cosell_cosellsolutions",
    primaryKey: "cosell_cosellsolutionid",
    labels: { en: "Co-sell solution", fr: "Solution de co-vente" },
    pluralLabels: { en: "Co-sell solutions", fr: "Solutions de co-vente" },
    description: {
      en: "Solutions of the partner that can be named on a co-sell opportunity.",
      fr: "Solutions du partenaire qui peuvent \xEAtre cit\xE9es sur une opportunit\xE9 de co-vente."
    }
  };
  var solutionColumns = {
    name: column("cosell_Name", { kind: "text", maxLength: 200 }, { en: "Name", fr: "Nom" }),
    /** What Partner Center calls the solution: `SOL-…`, a GUID or an offer id. */
    solutionId: column(
      "cosell_SolutionId",
      { kind: "text", maxLength: 100 },
      { en: "Solution id", fr: "Identifiant de la solution" }
    ),
    solutionType: {
      ...column("cosell_SolutionType", { kind: "choice" }, { en: "Type", fr: "Type" }),
      required: false
    }
  };
  var solutionIdKey = {
    schemaName: "cosell_SolutionIdKey",
    logicalName: "cosell_solutionidkey",
    columns: [solutionColumns.solutionId.logicalName],
    labels: { en: "Solution id", fr: "Identifiant de la solution" }
  };
  var solutionTypes = [
    { code: "3P", value: optionValue(200), labels: { en: "Partner solution", fr: "Solution du partenaire" } },
    { code: "1P", value: optionValue(201), labels: { en: "Microsoft solution", fr: "Solution de Microsoft" } }
  ];
  function column(schemaName, type, labels2) {
    return { schemaName, logicalName: schemaName.toLowerCase(), type, labels: labels2, required: true };
  }

  // webresources/configuration-page/checks/read-setup.ts
  var OURS = Object.keys(packageNames).map(
    (key) => packageNames[key].uniqueName
  );
  var SOLUTIONS = `solutions?$select=uniquename,version,ismanaged,installedon&$filter=startswith(uniquename,'${solutionUniqueName}')`;
  async function readSolutions(api) {
    return mapSeen(await api.get(SOLUTIONS), (body) => {
      const rows = rowsOf(body);
      return rows === void 0 ? void 0 : rows.map(solutionOf).filter(isOurs);
    });
  }
  function isOurs({ uniqueName }) {
    return OURS.indexOf(uniqueName) >= 0;
  }
  function solutionOf(row) {
    return {
      uniqueName: text(row["uniquename"]),
      version: text(row["version"]),
      isManaged: row["ismanaged"] === true,
      installedOn: text(row["installedon"])
    };
  }
  var VALUES = "environmentvariabledefinition_environmentvariablevalue";
  var VARIABLES = `environmentvariabledefinitions?$select=schemaname,defaultvalue&$filter=startswith(schemaname,'${publisher.prefix}_')&$expand=${VALUES}($select=value)`;
  async function readVariables(api) {
    return mapSeen(await api.get(VARIABLES), (body) => {
      const rows = rowsOf(body);
      return rows === void 0 ? void 0 : variablesIn(rows);
    });
  }
  function variablesIn(rows) {
    const found = {};
    for (const role of Object.keys(environmentVariables)) {
      const row = rows.find((one) => one["schemaname"] === environmentVariables[role].schemaName);
      if (row !== void 0) found[role] = valueOf(row);
    }
    return found;
  }
  function valueOf(row) {
    const [own] = rowsOf(row, VALUES) || [];
    const value = own === void 0 ? "" : text(own["value"]);
    if (value.trim() !== "") return { value: value.trim(), isDefault: false };
    const fallback = text(row["defaultvalue"]).trim();
    return { value: fallback === "" ? null : fallback, isDefault: true };
  }
  var COUNTED_AT_MOST = 5e3;
  var PRODUCTS = `${solutionTable.entitySetName}?$select=${solutionTable.primaryKey}&$filter=statecode eq 0&$count=true&$top=1`;
  async function readProducts(api) {
    return mapSeen(await api.get(PRODUCTS), (body) => {
      const count = body["@odata.count"];
      return typeof count === "number" ? { count, isAtLeast: count >= COUNTED_AT_MOST } : void 0;
    });
  }

  // solution/schema/sync-status.ts
  var syncStatusNames = ["not-shared", "waiting", "synced", "retrying", "needs-attention", "closed"];
  var labels = {
    "not-shared": { en: "Not shared", fr: "Non partag\xE9" },
    waiting: { en: "Waiting", fr: "En attente" },
    synced: { en: "Synced", fr: "Synchronis\xE9" },
    retrying: { en: "Retrying", fr: "Nouvel essai en cours" },
    "needs-attention": { en: "Needs attention", fr: "Intervention n\xE9cessaire" },
    closed: { en: "Closed", fr: "Cl\xF4tur\xE9" }
  };
  var syncStatuses = syncStatusNames.map((name, n) => ({
    name,
    value: optionValue(100 + n),
    labels: labels[name]
  }));

  // webresources/configuration-page/checks/read-sync.ts
  var STATUS = opportunityColumns.syncStatus.logicalName;
  var SYNC = opportunityColumns.sync.logicalName;
  var TOTAL = "total";
  var COUNTED = `${STATUS} ne null and ${SYNC} eq true`;
  var COUNTS = `opportunities?$apply=filter(${COUNTED})/groupby((${STATUS}),aggregate($count as ${TOTAL}))`;
  var TOO_MANY = "0x8004e023";
  async function readCounts(api) {
    const seen = await api.get(COUNTS);
    if (seen.kind === "failed" && seen.code.toLowerCase() === TOO_MANY) return { kind: "seen", value: "too-many" };
    return mapSeen(seen, (body) => {
      const rows = rowsOf(body);
      return rows === void 0 ? void 0 : countsOf(rows);
    });
  }
  function countsOf(rows) {
    const counts = /* @__PURE__ */ new Map();
    for (const row of rows) {
      const status = syncStatuses.find(({ value }) => value === row[STATUS]);
      const total = row[TOTAL];
      if (status !== void 0 && typeof total === "number") counts.set(status.name, total);
    }
    return counts;
  }
  var ON = opportunityColumns.lastSyncedOn.logicalName;
  var REFERRAL = opportunityColumns.referralId.logicalName;
  var LINK = opportunityColumns.referralLink.logicalName;
  var LAST = `opportunities?$select=opportunityid,name,${ON},${REFERRAL},${LINK}&$filter=${ON} ne null&$orderby=${ON} desc&$top=1`;
  async function readLastSynced(api) {
    return mapSeen(await api.get(LAST), (body) => {
      const rows = rowsOf(body);
      if (rows === void 0) return void 0;
      const [last] = rows;
      if (last === void 0) return null;
      const [id, name, on] = [text(last["opportunityid"]), text(last["name"]), text(last[ON])];
      return { id, name, on, referralId: text(last[REFERRAL]), link: text(last[LINK]) };
    });
  }

  // solution/schema/webhook-steps.ts
  var relayRoleName = "CoSell Sync relay";
  var webhookSteps = [
    {
      id: "c05e1100-6a3d-4f0e-8b1c-5d2a7c9e4b01",
      message: "Create",
      table: "opportunity",
      filteringColumns: [],
      image: null
    },
    {
      id: "c05e1100-6a3d-4f0e-8b1c-5d2a7c9e4b02",
      message: "Update",
      table: "opportunity",
      filteringColumns: [
        ...Object.values(opportunityColumns).filter((column2) => column2.writer === "seller").map((column2) => column2.logicalName),
        "statecode",
        "statuscode"
      ],
      image: {
        id: "c05e1100-6a3d-4f0e-8b1c-5d2a7c9e4b12",
        alias: "cosell",
        when: "after",
        columns: [opportunityColumns.referralId.logicalName, "statecode"]
      }
    },
    {
      id: "c05e1100-6a3d-4f0e-8b1c-5d2a7c9e4b03",
      message: "Delete",
      table: "opportunity",
      filteringColumns: [],
      image: {
        id: "c05e1100-6a3d-4f0e-8b1c-5d2a7c9e4b13",
        alias: "cosell",
        when: "before",
        columns: [opportunityColumns.referralId.logicalName]
      }
    }
  ];

  // webresources/configuration-page/checks/read-webhook.ts
  var WEBHOOK_CONTRACT = 8;
  var STEP_ENABLED = 0;
  var ADDRESS = [
    "sdkmessageprocessingsteps?$select=name,statecode,filteringattributes,_eventhandler_value",
    "$expand=sdkmessageid($select=name),eventhandler_serviceendpoint($select=name,url,isauthvalueset)",
    `$filter=eventhandler_serviceendpoint/contract eq ${WEBHOOK_CONTRACT} and sdkmessagefilterid/primaryobjecttypecode eq 'opportunity'`
  ].join("&");
  async function readWebhook(api, relayAddress) {
    return mapSeen(await api.get(ADDRESS), (body) => {
      const rows = rowsOf(body);
      return rows === void 0 ? void 0 : webhookIn(rows, relayAddress);
    });
  }
  function webhookIn(rows, relayAddress) {
    const steps2 = rows.map(stepOf).filter((step) => step !== void 0);
    const ours = steps2.find(({ message, columns }) => message === "Update" && listensToUs(columns)) || steps2.find(({ endpoint }) => relayAddress !== null && isBelow(text(endpoint["url"]), relayAddress));
    if (ours === void 0) return null;
    return {
      endpoint: text(ours.endpoint["name"]),
      url: text(ours.endpoint["url"]),
      hasSecret: ours.endpoint["isauthvalueset"] !== false,
      steps: steps2.filter(({ endpointId }) => endpointId === ours.endpointId).map(({ message, isEnabled, columns }) => ({ message, isEnabled, columns }))
    };
  }
  function listensToUs(columns) {
    return columns.indexOf(opportunityColumns.sync.logicalName) >= 0;
  }
  function stepOf(row) {
    const { sdkmessageid: message, eventhandler_serviceendpoint: endpoint } = row;
    const known = webhookSteps.find((step) => isRow(message) && message["name"] === step.message);
    if (known === void 0 || !isRow(endpoint)) return void 0;
    return {
      message: known.message,
      isEnabled: row["statecode"] === STEP_ENABLED,
      columns: text(row["filteringattributes"]).split(",").map((name) => name.trim().toLowerCase()).filter((name) => name !== ""),
      endpointId: text(row["_eventhandler_value"]),
      endpoint
    };
  }
  function isBelow(address, base) {
    const inner = parsed(address);
    const outer = parsed(base);
    if (inner === void 0 || outer === void 0 || inner.origin !== outer.origin) return false;
    const path = outer.pathname.replace(/\/$/, "");
    return inner.pathname === path || inner.pathname.startsWith(`${path}/`);
  }
  function parsed(address) {
    try {
      return new URL(address);
    } catch (e) {
      return void 0;
    }
  }

  // webresources/configuration-page/checks/run-checks.ts
  async function runChecks(api, onFound) {
    let findings = {};
    const found = async (key, answer) => {
      const value = await answer;
      findings = { ...findings, [key]: value };
      onFound(findings);
    };
    const variables = readVariables(api);
    const address = variables.then(relayValue);
    await Promise.all([
      found("variables", variables),
      found(
        "relay",
        address.then((value) => askRelay(value))
      ),
      found(
        "webhook",
        address.then((value) => readWebhook(api, relayAddressOf(value)))
      ),
      found("solutions", readSolutions(api)),
      found("relayRole", readRole(api, securityIds.relayRole)),
      found("sellerRole", readRole(api, securityIds.sellerRole)),
      found("lockedColumns", readLockedColumns(api)),
      found("relayProfile", readProfile(api, securityIds.relayProfile)),
      found("readerProfile", readProfile(api, securityIds.sellerProfile)),
      found("counts", readCounts(api)),
      found("lastSynced", readLastSynced(api)),
      found("products", readProducts(api))
    ]);
    return findings;
  }
  function relayValue(seen) {
    const variable = seen.kind === "seen" ? seen.value.relayAddress : void 0;
    return variable === void 0 ? null : variable.value;
  }

  // webresources/configuration-page/org-address.ts
  var WEB_RESOURCES = /\/WebResources\//i;
  var VERSION = /\/(?:%7b|\{)[^/]*(?:%7d|\})$/i;
  function organisationPath(pathname) {
    const end = pathname.search(WEB_RESOURCES);
    return end < 0 ? "" : pathname.slice(0, end).replace(VERSION, "");
  }
  function recordPath(organisation, table, id) {
    const query = `pagetype=entityrecord&etn=${encodeURIComponent(table)}&id=${encodeURIComponent(id)}`;
    return `${organisation}/main.aspx?${query}`;
  }
  var PUBLIC_VIEW = 1039;
  function viewPath(organisation, table, viewId) {
    const query = `pagetype=entitylist&etn=${encodeURIComponent(table)}&viewid=${viewId}&viewType=${PUBLIC_VIEW}`;
    return `${organisation}/main.aspx?${query}`;
  }

  // solution/schema/security-roles.ts
  var relayPrivileges = [
    // Winning and losing leave a closing activity that belongs to whoever closes.
    ...forTable("Activity", { user: ["Append", "Create", "Read", "Write"] }),
    // AppendTo on a table lets a lookup point at its rows; Append lets a row have such a lookup.
    ...forTable("Account", { organisation: ["AppendTo", "Read"], user: ["Create"] }),
    ...forTable("Contact", { organisation: ["AppendTo", "Read"], user: ["Append", "Create"] }),
    ...forTable("Opportunity", { organisation: ["Append", "AppendTo", "Read", "Write"], user: ["Create"] }),
    ...forTable("TransactionCurrency", { organisation: ["AppendTo", "Read"] }),
    // The owner of an opportunity is the deal's team member in Partner Center.
    ...forTable("User", { organisation: ["Read"] })
  ];
  var sellerPrivileges = forTable(solutionTable.schemaName, { organisation: ["Read"] });
  var securityRoles = [
    {
      key: "relay",
      id: securityIds.relayRole,
      labels: { en: relayRoleName, fr: "Relais CoSell Sync" },
      description: {
        en: "For the application user of the CoSell Sync relay, and nobody else.",
        fr: "Pour l\u2019utilisateur d\u2019application du relais CoSell Sync, et personne d\u2019autre."
      },
      privileges: sorted(relayPrivileges)
    },
    {
      key: "seller",
      id: securityIds.sellerRole,
      labels: { en: "CoSell Sync seller", fr: "Vendeur CoSell Sync" },
      description: {
        en: "Beside the usual sales role: lets sellers pick co-sell products by name.",
        fr: "En plus du r\xF4le de vente habituel : permet aux vendeurs de choisir les produits de co-vente par nom."
      },
      privileges: sorted(sellerPrivileges)
    }
  ];
  function forTable(schemaName, actions) {
    const depths = ["user", "business-unit", "deep", "organisation"];
    return depths.flatMap((depth) => {
      const { [depth]: granted = [] } = actions;
      return granted.map((action) => ({ name: `prv${action}${schemaName}`, depth }));
    });
  }
  function sorted(privileges) {
    return [...privileges].sort((a, b) => a.name < b.name ? -1 : 1);
  }

  // webresources/configuration-page/card.ts
  function labelOf({ language }, labels2) {
    return labels2[language];
  }
  function whenSeen(seen, texts, body) {
    if (seen === void 0) return { state: "loading", lines: [texts("checking")] };
    return seen.kind === "seen" ? body(seen.value) : { state: "unknown", lines: [whyUnseen(seen, texts)] };
  }
  function whyUnseen(seen, texts) {
    switch (seen.kind) {
      case "not-allowed":
        return texts("notAllowed");
      case "failed":
        return texts("failedStatus", { status: seen.status });
      case "no-answer":
        return texts("failedNoAnswer");
      case "unreadable":
        return texts("failedUnreadable");
    }
  }
  var SEVERITY = ["todo", "loading", "unknown", "info", "good"];
  function bodyOf2(remarks) {
    const state = SEVERITY.find((one) => remarks.some((remark) => remark.state === one)) || "info";
    return { state, lines: remarks.map(({ line }) => line) };
  }
  function remarkOn(seen, texts, remark) {
    if (seen === void 0) return [{ state: "loading", line: texts("checking") }];
    return seen.kind === "seen" ? remark(seen.value) : [{ state: "unknown", line: whyUnseen(seen, texts) }];
  }

  // webresources/configuration-page/cards/security-cards.ts
  function rolesBody(findings, wording) {
    const { relayRole, sellerRole } = findings;
    const remarks = [
      ...remarkOn(relayRole, wording.texts, (assigned) => [relayRoleRemark(assigned, wording)]),
      ...remarkOn(sellerRole, wording.texts, (assigned) => [roleRemark(roleName("seller", wording), assigned, wording)])
    ];
    return bodyOf2(withoutRepeats(remarks));
  }
  function roleName(key, _wording) {
    const role = securityRoles.find((one) => one.key === key);
    return role === void 0 ? key : role.labels.en;
  }
  function humanRelay({ users }) {
    const human = users.find(({ isApplication }) => !isApplication);
    return human === void 0 ? void 0 : human.name;
  }
  function relayRoleRemark(assigned, wording) {
    const role = roleName("relay", wording);
    const who = humanRelay(assigned);
    if (who === void 0) return roleRemark(role, assigned, wording);
    return { state: "todo", line: wording.texts("roleNotApplication", { role, who }) };
  }
  function roleRemark(role, { exists, users, teams }, { texts }) {
    if (!exists) return { state: "todo", line: texts("roleMissing", { role }) };
    const [user] = users;
    const [team] = teams;
    const others = users.length + teams.length > 1;
    const who = user === void 0 ? team : user.name;
    if (who === void 0) return { state: "todo", line: texts("roleUnassigned", { role }) };
    if (others) return { state: "good", line: texts("roleAssignedMore", { role, who }) };
    return { state: "good", line: texts(user === void 0 ? "roleAssignedTeam" : "roleAssigned", { role, who }) };
  }
  function columnSecurityBody(findings, wording) {
    const { lockedColumns, relayProfile, readerProfile } = findings;
    const { texts } = wording;
    const isOff = lockedColumns !== void 0 && lockedColumns.kind === "seen" && lockedColumns.value.locked === 0;
    const locked = remarkOn(lockedColumns, texts, (value) => [lockedRemark(value, wording)]);
    if (isOff) return bodyOf2(locked);
    const profiles = [
      ...remarkOn(relayProfile, texts, (members) => [profileRemark("relay", members, wording)]),
      ...remarkOn(readerProfile, texts, (members) => [profileRemark("seller", members, wording)])
    ];
    return bodyOf2(withoutRepeats([...locked, ...profiles]));
  }
  function lockedRemark({ locked, all }, wording) {
    const { texts } = wording;
    const name = labelOf(wording, columnSecuritySolution.labels);
    if (locked === 0) return { state: "info", line: texts("securityOff", { name }) };
    if (locked < all) return { state: "todo", line: texts("securityPartly", { count: locked, all, name }) };
    return { state: "good", line: texts("securityOn", { count: locked }) };
  }
  function profileName(key) {
    const profile = columnSecurityProfiles.find((one) => one.key === key);
    return profile === void 0 ? key : profile.labels.en;
  }
  function profileRemark(key, members, { texts }) {
    const profile = profileName(key);
    if (members === "missing") return { state: "todo", line: texts("profileMissing", { profile }) };
    if (members === "filled") return { state: "good", line: texts("profileFilled", { profile }) };
    return {
      state: "todo",
      line: texts(key === "relay" ? "profileEmptyRelay" : "profileEmptyReader", { profile })
    };
  }
  function withoutRepeats(remarks) {
    return remarks.filter(({ line }, n) => remarks.findIndex((one) => one.line === line) === n);
  }

  // webresources/configuration-page/cards/setup-cards.ts
  function solutionBody({ solutions }, wording) {
    return whenSeen(solutions, wording.texts, (installed) => bodyOf2(solutionRemarks(installed, wording)));
  }
  function solutionRemarks(installed, wording) {
    const { texts } = wording;
    const main = mainSolution(installed);
    if (main === void 0) {
      return [{ state: "todo", line: texts("solutionMissing", { name: solutionName(solutionUniqueName, wording) }) }];
    }
    return [main, ...installed.filter((solution) => solution !== main)].reduce(
      (remarks, { uniqueName, version, installedOn, isManaged }) => {
        const name = solutionName(uniqueName, wording);
        const differs = version !== main.version;
        const line = differs ? texts("solutionOther", { name, version, main: main.version }) : texts("solutionVersion", { name, version, date: wording.date(installedOn) });
        const unmanaged = { state: "info", line: texts("solutionUnmanaged", { name }) };
        return [...remarks, { state: differs ? "todo" : "good", line }, ...isManaged ? [] : [unmanaged]];
      },
      []
    );
  }
  function mainSolution(installed) {
    return installed.find(({ uniqueName }) => uniqueName === solutionUniqueName);
  }
  function solutionName(uniqueName, wording) {
    const key = Object.keys(packageNames).find(
      (one) => packageNames[one].uniqueName === uniqueName
    );
    return key === void 0 ? uniqueName : labelOf(wording, packageNames[key].labels);
  }
  var variableRoles = Object.keys(environmentVariables);
  function variablesBody({ variables }, wording) {
    const { texts } = wording;
    return whenSeen(variables, texts, (values) => {
      const problem = variableProblem(values);
      const lines = problem === void 0 ? [] : [variableLine(problem, wording)];
      const rows = variableRoles.map((role) => [variableName(role, wording), shownValue(values, role, wording)]);
      if (problem !== void 0 && problem.kind === "missing") return { state: "todo", lines };
      return { state: problem === void 0 ? "good" : "todo", lines, rows };
    });
  }
  function shownValue(values, role, { texts }) {
    const variable = values[role];
    if (variable === void 0 || variable.value === null) return texts("variableUnset");
    return variable.isDefault ? texts("variableDefault", { value: variable.value }) : variable.value;
  }
  function variableProblem(values) {
    const { relayAddress, referralLink } = values;
    if (relayAddress === void 0 || referralLink === void 0) return { kind: "missing" };
    if (relayAddress.value === null) return { kind: "needed", role: "relayAddress" };
    if (relayAddressOf(relayAddress.value) === null) return { kind: "no-address", role: "relayAddress" };
    const link = referralLink.value;
    return link === null || link.indexOf(REFERRAL_ID_PLACE) < 0 ? { kind: "no-place", role: "referralLink" } : void 0;
  }
  function variableLine(problem, wording) {
    const { texts } = wording;
    if (problem.kind === "missing") return texts("variablesMissing");
    const name = variableName(problem.role, wording);
    if (problem.kind === "needed") return texts("variableNeeded", { name });
    return problem.kind === "no-address" ? texts("variableNoAddress", { name }) : texts("variableNoPlace", { name, place: REFERRAL_ID_PLACE });
  }
  function variableName(role, wording) {
    return labelOf(wording, environmentVariables[role].labels);
  }
  function relayBody({ relay: relay2, variables }, { texts }) {
    if (relay2 === void 0) return { state: "loading", lines: [texts("checking")] };
    if (relay2.kind === "no-address") {
      const isUnseen = variables !== void 0 && variables.kind !== "seen";
      return isUnseen ? { state: "unknown", lines: [texts("relayAddressUnseen")] } : { state: "todo", lines: [texts("relayNoAddress")] };
    }
    const { address } = relay2;
    const links = [
      { text: texts("relayLink", { address: `${address}${LIVENESS_PATH}` }), href: address + LIVENESS_PATH }
    ];
    const howToCheck = texts("relayHowToCheck", { expected: LIVENESS_ANSWER });
    switch (relay2.kind) {
      case "alive":
        return { state: "good", lines: [texts("relayAnswers", { address })] };
      case "other":
        return { state: "todo", lines: [texts("relayOther", { address })], links };
      case "hidden":
        return { state: "unknown", lines: [texts("relayHidden", { address }), howToCheck], links };
      case "unseen":
        return { state: "unknown", lines: [texts("relayUnseen", { address }), howToCheck], links };
    }
  }
  function productsBody({ products }, wording) {
    const { texts } = wording;
    return whenSeen(products, texts, ({ count, isAtLeast }) => {
      if (count === 0) {
        return { state: "info", lines: [texts("productsNone", { table: labelOf(wording, solutionTable.labels) })] };
      }
      return { state: "good", lines: [texts(isAtLeast ? "productsMany" : "productsSome", { count })] };
    });
  }

  // webresources/configuration-page/sync-facts.ts
  function linkProblem({ variables, lastSynced }) {
    if (variables === void 0 || variables.kind !== "seen") return false;
    if (lastSynced === void 0 || lastSynced.kind !== "seen" || lastSynced.value === null) return false;
    const { referralLink } = variables.value;
    const { link, referralId } = lastSynced.value;
    if (referralLink === void 0 || referralLink.value === null || link === "" || referralId === "") return false;
    return link !== referralLink.value.split(REFERRAL_ID_PLACE).join(encodeURIComponent(referralId));
  }

  // webresources/configuration-page/cards/sync-cards.ts
  function webhookBody(findings, wording) {
    const { texts } = wording;
    return whenSeen(findings.webhook, texts, (webhook) => {
      if (webhook === null) return { state: "todo", lines: [texts("webhookMissing")] };
      const problems = webhookProblems(webhook, relayAddressIn(findings), wording);
      if (problems.length > 0) return { state: "todo", lines: [...problems, texts("webhookRepair")] };
      return { state: "good", lines: [texts("webhookComplete", { endpoint: webhook.endpoint })] };
    });
  }
  function relayAddressIn({ variables }) {
    const variable = variables !== void 0 && variables.kind === "seen" ? variables.value.relayAddress : void 0;
    return variable === void 0 ? null : relayAddressOf(variable.value);
  }
  function webhookProblems(webhook, relayAddress, { texts }) {
    const { endpoint, url } = webhook;
    return [
      ...webhook.hasSecret ? [] : [texts("webhookNoSecret", { endpoint })],
      ...relayAddress === null || isBelow(url, relayAddress) ? [] : [texts("webhookElsewhere", { url })],
      ...webhookSteps.reduce((lines, { message, filteringColumns }) => {
        const step = webhook.steps.find((one) => one.message === message);
        if (step === void 0) return [...lines, texts("webhookStepMissing", { message })];
        if (!step.isEnabled) return [...lines, texts("webhookStepDisabled", { message })];
        const unheard = filteringColumns.filter((name) => step.columns.indexOf(name) < 0);
        if (step.columns.length === 0 || unheard.length === 0) return lines;
        return [...lines, texts("webhookColumnsMissing", { columns: unheard.join(", ") })];
      }, [])
    ];
  }
  function syncBody(findings, wording) {
    const { texts } = wording;
    const counts = remarkOn(findings.counts, texts, (value) => countRemarks(value, wording));
    const last = remarkOn(findings.lastSynced, texts, (value) => [lastRemark(value, wording)]);
    const differs = linkProblem(findings) ? [
      {
        state: "todo",
        line: texts("syncLinkDiffers", { name: labelOf(wording, environmentVariables.referralLink.labels) })
      }
    ] : [];
    const remarks = [...counts, ...last, ...differs];
    const body = bodyOf2(remarks.filter(({ line }, n) => remarks.findIndex((one) => one.line === line) === n));
    const rows = countRows(findings, wording);
    const links = [...attentionLinks(findings, wording), ...lastLinks(findings, wording)];
    return { ...body, ...rows.length > 0 ? { rows } : {}, ...links.length > 0 ? { links } : {} };
  }
  function countRemarks(counts, { texts }) {
    if (counts === "too-many") return [{ state: "info", line: texts("syncTooMany") }];
    if (counts.size === 0) return [{ state: "info", line: texts("syncNone") }];
    const attention = counts.get("needs-attention") || 0;
    return [{ state: attention > 0 ? "todo" : "good", line: texts("syncCounted") }];
  }
  function countRows({ counts }, wording) {
    if (counts === void 0 || counts.kind !== "seen" || counts.value === "too-many") return [];
    const seen = counts.value;
    const shown = syncStatuses.filter(({ name }) => seen.has(name));
    return shown.map(({ name, labels: labels2 }) => [labelOf(wording, labels2), String(seen.get(name))]);
  }
  function lastRemark(last, { texts, date }) {
    if (last === null) return { state: "info", line: texts("syncLastNone") };
    const name = last.name === "" ? texts("syncNameless") : last.name;
    return { state: "good", line: texts("syncLast", { name, date: date(last.on) }) };
  }
  function attentionLinks({ counts }, wording) {
    if (counts === void 0 || counts.kind !== "seen") return [];
    if (counts.value !== "too-many" && !counts.value.has("needs-attention")) return [];
    return [attentionLink(wording)];
  }
  function attentionLink({ texts, organisation }) {
    return { text: texts("syncView"), href: viewPath(organisation, "opportunity", viewIds.coSellNeedsAttention) };
  }
  function lastLinks({ lastSynced }, { texts, organisation }) {
    const last = lastSynced !== void 0 && lastSynced.kind === "seen" ? lastSynced.value : null;
    if (last === null || last.id === "" || last.name === "") return [];
    return [{ text: texts("syncLastOpen", { name: last.name }), href: recordPath(organisation, "opportunity", last.id) }];
  }
  function syncColumnName(wording) {
    return labelOf(wording, opportunityColumns.sync.labels);
  }

  // webresources/configuration-page/next-step.ts
  var steps = [
    solutionStep,
    variableStep,
    relayRoleStep,
    relayProfileStep,
    webhookStep,
    relayStep,
    versionStep,
    readerProfileStep,
    columnSecurityStep,
    attentionStep,
    linkStep,
    sellerRoleStep,
    shareStep
  ];
  var FINDINGS = 12;
  function nextStepOf(findings, wording) {
    const { texts } = wording;
    if (Object.keys(findings).length < FINDINGS) return { text: texts("nextWait") };
    for (const step of steps) {
      const next = step(findings, wording);
      if (next !== void 0) return next;
    }
    return lastStep(findings, wording);
  }
  function lastStep({ relay: relay2, ...answers }, wording) {
    const { texts } = wording;
    const seen = Object.keys(answers).map((key) => answers[key]);
    if (seen.some((answer) => isFault(answer))) return { text: texts("nextAgain") };
    if (!seen.every((answer) => answer !== void 0 && answer.kind === "seen")) return { text: texts("nextUnknown") };
    if (relay2 === void 0 || relay2.kind === "alive") return { text: texts("nextNothing") };
    const [link] = relayBody({ relay: relay2 }, wording).links || [];
    return { text: texts("nextRelaySure"), ...link === void 0 ? {} : { link } };
  }
  function seenOf(seen) {
    return seen !== void 0 && seen.kind === "seen" ? seen.value : void 0;
  }
  function isFault(answer) {
    return answer !== void 0 && answer.kind !== "seen" && answer.kind !== "not-allowed";
  }
  function solutionStep({ solutions }, wording) {
    const installed = seenOf(solutions);
    if (installed === void 0 || mainSolution(installed) !== void 0) return void 0;
    return { text: wording.texts("nextSolution", { name: labelOf(wording, publisher.labels) }) };
  }
  function versionStep({ solutions }, { texts }) {
    const installed = seenOf(solutions) || [];
    const main = mainSolution(installed);
    if (main === void 0 || installed.every(({ version }) => version === main.version)) return void 0;
    return { text: texts("nextVersions") };
  }
  function variableStep({ variables }, wording) {
    const values = seenOf(variables);
    const problem = values === void 0 ? void 0 : variableProblem(values);
    if (problem === void 0) return void 0;
    const { texts } = wording;
    if (problem.kind === "missing") return { text: texts("nextSolution", { name: labelOf(wording, publisher.labels) }) };
    const name = variableName(problem.role, wording);
    return { text: texts(problem.kind === "needed" ? "nextAddress" : "nextVariable", { name }) };
  }
  function relayRoleStep({ relayRole }, wording) {
    const assigned = seenOf(relayRole);
    if (assigned === void 0) return void 0;
    const role = roleName("relay", wording);
    const who = humanRelay(assigned);
    if (who !== void 0) return { text: wording.texts("nextRoleHuman", { role, who }) };
    if (assigned.users.length + assigned.teams.length > 0) return void 0;
    return { text: wording.texts("nextRole", { role }) };
  }
  function sellerRoleStep({ sellerRole }, wording) {
    const assigned = seenOf(sellerRole);
    if (assigned === void 0 || assigned.users.length + assigned.teams.length > 0) return void 0;
    return { text: wording.texts("nextSeller", { role: roleName("seller", wording) }) };
  }
  function isLocked({ lockedColumns }) {
    const columns = seenOf(lockedColumns);
    return columns !== void 0 && columns.locked > 0;
  }
  function relayProfileStep(findings, { texts }) {
    if (!isLocked(findings) || seenOf(findings.relayProfile) !== "empty") return void 0;
    return { text: texts("nextProfileRelay", { profile: profileName("relay") }) };
  }
  function readerProfileStep(findings, { texts }) {
    if (!isLocked(findings) || seenOf(findings.readerProfile) !== "empty") return void 0;
    return { text: texts("nextProfileReader", { profile: profileName("seller") }) };
  }
  function columnSecurityStep(findings, wording) {
    const columns = seenOf(findings.lockedColumns);
    if (columns === void 0 || columns.locked === 0) return void 0;
    const profiles = [seenOf(findings.relayProfile), seenOf(findings.readerProfile)];
    if (columns.locked === columns.all && profiles.indexOf("missing") < 0) return void 0;
    return { text: wording.texts("nextSecurity", { name: labelOf(wording, columnSecuritySolution.labels) }) };
  }
  function webhookStep(findings, wording) {
    const webhook = seenOf(findings.webhook);
    if (webhook === void 0) return void 0;
    if (webhook === null) return { text: wording.texts("nextWebhook") };
    if (webhookProblems(webhook, relayAddressIn(findings), wording).length === 0) return void 0;
    return { text: wording.texts("nextWebhookRepair") };
  }
  function relayStep({ relay: relay2 }, { texts }) {
    return relay2 !== void 0 && relay2.kind === "other" ? { text: texts("nextRelay") } : void 0;
  }
  function attentionStep({ counts }, wording) {
    const seen = seenOf(counts);
    if (seen === void 0 || seen === "too-many" || !seen.has("needs-attention")) return void 0;
    return { text: wording.texts("nextAttention"), link: attentionLink(wording) };
  }
  function linkStep(findings, wording) {
    if (!linkProblem(findings)) return void 0;
    const name = labelOf(wording, environmentVariables.referralLink.labels);
    return { text: wording.texts("nextLink", { name }) };
  }
  function shareStep({ lastSynced }, wording) {
    if (seenOf(lastSynced) !== null) return void 0;
    return { text: wording.texts("nextShare", { column: syncColumnName(wording) }) };
  }

  // webresources/configuration-page/page-model.ts
  var cards = [
    ["sync", "syncTitle", syncBody],
    ["solution", "solutionTitle", solutionBody],
    ["variables", "variablesTitle", variablesBody],
    ["relay", "relayTitle", relayBody],
    ["webhook", "webhookTitle", webhookBody],
    ["roles", "rolesTitle", rolesBody],
    ["security", "securityTitle", columnSecurityBody],
    ["products", "productsTitle", productsBody]
  ];
  function pageModelOf(findings, wording) {
    return {
      nextStep: nextStepOf(findings, wording),
      cards: cards.map(([id, title, body]) => ({ id, title: wording.texts(title), ...body(findings, wording) })),
      support: supportOf(findings)
    };
  }
  function supportOf({ variables }) {
    const variable = variables !== void 0 && variables.kind === "seen" ? variables.value.supportAddress : void 0;
    const text2 = variable === void 0 ? null : variable.value;
    return text2 === null ? null : { text: text2, href: openable(text2) };
  }
  function openable(text2) {
    if (/^[^\s@:/?#]+@[^\s@:/?#]+\.[^\s@:/?#]+$/.test(text2)) return `mailto:${text2}`;
    try {
      const { protocol, href } = new URL(text2);
      return protocol === "https:" || protocol === "http:" || protocol === "mailto:" ? href : null;
    } catch (e) {
      return null;
    }
  }

  // webresources/configuration-page/english-page-texts.ts
  var englishPageTexts = {
    title: "CoSell Sync: configuration",
    intro: "What is set up in this environment, and what comes next.",
    checkAgain: "Check again",
    checking: "Checking\u2026",
    checkedAt: "Checked at {time}.",
    support: "Help in your organisation:",
    stateGood: "OK",
    stateTodo: "To do",
    stateInfo: "For information",
    stateUnknown: "Cannot be seen",
    stateLoading: "Checking",
    notAllowed: "You do not have the privilege to see this. That does not mean that anything is wrong: ask an administrator to open this page.",
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
    variableNeeded: "\u201C{name}\u201D needs a value.",
    variableNoAddress: "\u201C{name}\u201D is no web address: it begins with https://.",
    variableNoPlace: "\u201C{name}\u201D does not contain {place}, so every link would be the same.",
    variablesMissing: "The environment variables of the solution are not there. Import the solution again.",
    relayTitle: "Relay",
    relayNoAddress: "The relay\u2019s address is not set, so it cannot be asked.",
    relayAddressUnseen: "You may not see the relay\u2019s address, so it cannot be asked from here.",
    relayAnswers: "The relay answers at {address}.",
    relayOther: "Something answers at {address}, but it is not the relay.",
    relayHidden: "Something answers at {address}, but does not let this page read what. The relay does when its setting COSELL_DATAVERSE_URL is the address of this environment and its proxy passes /livez on.",
    relayUnseen: "The relay does not answer this page at {address}. Either it does not run, or this browser cannot reach it; the two cannot be told apart from here.",
    relayHowToCheck: "To make sure, open the link: {expected} means that the relay runs. The command \u201Ccosell doctor\u201D says more.",
    relayLink: "Open {address}",
    webhookTitle: "Webhook",
    webhookComplete: "The relay is called when an opportunity is created, changed or deleted ({endpoint}).",
    webhookMissing: "Nothing calls the relay yet. Until then it finds changes by its regular search only. Register the webhook with the command \u201Ccosell setup\u201D.",
    webhookStepMissing: "The step for the message {message} is missing.",
    webhookStepDisabled: "The step for the message {message} is disabled.",
    webhookColumnsMissing: "The step for the message Update does not listen to: {columns}.",
    webhookNoSecret: "The endpoint {endpoint} has no secret, so the relay refuses its calls.",
    webhookElsewhere: "The endpoint calls {url}, which is not at the relay\u2019s address.",
    webhookRepair: "\u201Ccosell setup\u201D puts this right.",
    rolesTitle: "Security roles",
    roleMissing: "The role \u201C{role}\u201D is not in this environment.",
    roleAssigned: "\u201C{role}\u201D is assigned to {who}.",
    roleAssignedTeam: "\u201C{role}\u201D is assigned to the team {who}.",
    roleAssignedMore: "\u201C{role}\u201D is assigned to {who} and others.",
    roleUnassigned: "\u201C{role}\u201D is assigned to nobody.",
    roleNotApplication: "\u201C{role}\u201D is assigned to {who}, who is not an application user. It is meant for the relay alone.",
    securityTitle: "Column security",
    securityOff: "Off: forms lock the relay\u2019s columns, but imports, flows and other programs can change them. The solution {name} locks them everywhere.",
    securityOn: "On: {count} columns are locked everywhere.",
    securityPartly: "{count} of {all} columns are locked. Import the solution {name} again.",
    profileMissing: "The profile \u201C{profile}\u201D is not in this environment.",
    profileFilled: "The profile \u201C{profile}\u201D has members.",
    profileEmptyRelay: "The profile \u201C{profile}\u201D has no members: the relay can neither read nor write the locked columns.",
    profileEmptyReader: "The profile \u201C{profile}\u201D has no members: sellers do not see the locked columns.",
    syncTitle: "Opportunities",
    syncNone: "No opportunity is shared yet.",
    syncCounted: "Counted are the opportunities that you may read.",
    syncTooMany: "There are more opportunities than can be counted here.",
    syncLast: "Last synced: {name}, on {date}.",
    syncLastOpen: "Open {name}",
    syncLastNone: "None has been synced yet.",
    syncNameless: "an opportunity without a name",
    syncLinkDiffers: "The last link that the relay wrote does not have the form of the variable \u201C{name}\u201D. Make the variable and the relay\u2019s setting COSELL_REFERRAL_LINK equal.",
    syncView: "Open the opportunities that need attention",
    productsTitle: "Products by name",
    productsSome: "Sellers can choose among {count} solutions.",
    productsMany: "Sellers can choose among {count} solutions and more.",
    productsNone: "The table \u201C{table}\u201D is empty: sellers type solution ids. Import your solutions, and they choose them by name.",
    nextTitle: "Next step",
    nextWait: "It is being looked at what is set up.",
    nextSolution: "Import the solution {name}.",
    nextAddress: "Set the environment variable \u201C{name}\u201D to the public address of the relay.",
    nextVariable: "Correct the environment variable \u201C{name}\u201D.",
    nextRole: "Assign the role \u201C{role}\u201D to the application user of the relay.",
    nextRoleHuman: "Take the role \u201C{role}\u201D from {who} and assign it to the application user of the relay.",
    nextProfileRelay: "Add the application user of the relay to the column security profile \u201C{profile}\u201D.",
    nextProfileReader: "Add the sellers, best by their team, to the column security profile \u201C{profile}\u201D.",
    nextSecurity: "Import the solution {name} again, so that all columns are locked.",
    nextWebhook: "Register the webhook: run \u201Ccosell setup\u201D where the relay is installed.",
    nextWebhookRepair: "Repair the webhook: run \u201Ccosell setup\u201D where the relay is installed.",
    nextVersions: "Import the same version of all solutions of CoSell Sync.",
    nextRelay: "See why something else answers at the relay\u2019s address.",
    nextSeller: "Assign the role \u201C{role}\u201D to the sellers, best by their team.",
    nextAttention: "Look after the opportunities that need attention.",
    nextLink: "Make the variable \u201C{name}\u201D and the relay\u2019s setting COSELL_REFERRAL_LINK equal.",
    nextShare: "Share a first opportunity: set \u201C{column}\u201D on its form and save.",
    nextRelaySure: "All that can be seen from here is set up. Make sure once that the relay runs.",
    nextUnknown: "Nothing that you may see is left to do. Ask an administrator to open this page for the rest.",
    nextAgain: "Nothing that could be read is left to do. Some parts gave no answer: check again later.",
    nextNothing: "Nothing. Everything is set up."
  };

  // webresources/configuration-page/page-texts.ts
  var TEXTS = "strings/CoSellConfiguration";
  var PAGE_TEXTS_NAME = `${publisher.prefix}_/${TEXTS}`;
  var PAGE_TEXTS_ADDRESS = `../${TEXTS}`;
  function textsOf(translation) {
    return (key, values = {}) => {
      const translated = translation.get(key);
      const text2 = translated === void 0 ? englishPageTexts[key] : translated;
      return text2.replace(/\{(\w+)\}/g, (place, name) => {
        const value = Object.prototype.hasOwnProperty.call(values, name) ? values[name] : void 0;
        return value === void 0 ? place : String(value);
      });
    };
  }

  // webresources/configuration-page/render.ts
  function element(tag, attributes, children = []) {
    const made = document.createElement(tag);
    Object.keys(attributes).forEach((name) => made.setAttribute(name, attributes[name] || ""));
    children.forEach((child) => made.append(child));
    return made;
  }
  function drawFrame(into, texts) {
    const button = element("button", { type: "button" }, [texts("checkAgain")]);
    const status = element("p", { role: "status", class: "quiet" });
    const content = element("div", {});
    const heading = element("h1", {}, [texts("title")]);
    const intro = element("p", { class: "quiet" }, [texts("intro")]);
    into.replaceChildren(heading, intro, element("div", { class: "bar" }, [button, status]), content);
    return { button, status, content };
  }
  function drawContent({ content }, model, texts) {
    const cards2 = element(
      "ul",
      { class: "cards", role: "list" },
      model.cards.map((card) => cardElement(card, texts))
    );
    const next = element("section", { class: "next", "aria-labelledby": "next" }, [
      element("h2", { id: "next" }, [texts("nextTitle")]),
      element("p", {}, [model.nextStep.text]),
      ...linkParagraphs(model.nextStep.link === void 0 ? [] : [model.nextStep.link])
    ]);
    const focused = content.contains(document.activeElement) ? document.activeElement : null;
    const href = focused === null ? null : focused.getAttribute("href");
    content.replaceChildren(next, cards2, ...supportElements(model.support, texts));
    if (href === null) return;
    const again = Array.from(content.querySelectorAll("a")).find((link) => link.getAttribute("href") === href);
    if (again !== void 0) again.focus();
  }
  function cardElement(card, texts) {
    const titleId = `card-${card.id}`;
    return element("li", { class: "card", "aria-labelledby": titleId, "data-card": card.id, "data-state": card.state }, [
      element("div", { class: "head" }, [element("h2", { id: titleId }, [card.title]), stateElement(card.state, texts)]),
      ...card.rows === void 0 ? [] : [rowsElement(card.rows)],
      ...card.lines.map((line) => element("p", {}, [line])),
      ...linkParagraphs(card.links || [])
    ]);
  }
  function rowsElement(rows) {
    const entries = rows.map(([label, value]) => [element("dt", {}, [label]), element("dd", {}, [value])]);
    return element(
      "dl",
      {},
      entries.reduce((all, entry) => [...all, ...entry], [])
    );
  }
  function linkParagraphs(links) {
    return links.map(
      ({ text: text2, href }) => element("p", {}, [element("a", { href, target: "_blank", rel: "noopener noreferrer" }, [text2])])
    );
  }
  function supportElements(support, texts) {
    if (support === null) return [];
    const { text: text2, href } = support;
    const address = href === null ? text2 : element("a", { href, target: "_blank", rel: "noopener noreferrer" }, [text2]);
    return [element("p", { class: "support quiet" }, [`${texts("support")} `, address])];
  }
  var stateTexts = {
    good: "stateGood",
    todo: "stateTodo",
    info: "stateInfo",
    unknown: "stateUnknown",
    loading: "stateLoading"
  };
  var statePaths = {
    good: "M3 8.5l3.5 3.5L13 5",
    todo: "M8 2.5L1.8 13.5h12.4zM8 6.5v3.2M8 11.6v.1",
    info: "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM8 7.3v3.5M8 5.1v.1",
    unknown: "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM6.3 6.2a1.8 1.8 0 1 1 2.6 1.6c-.6.3-.9.7-.9 1.3M8 11.2v.1",
    loading: "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM8 5v3.2l2 1.3"
  };
  var SVG = "http://www.w3.org/2000/svg";
  function stateElement(state, texts) {
    const picture = document.createElementNS(SVG, "svg");
    picture.setAttribute("viewBox", "0 0 16 16");
    picture.setAttribute("aria-hidden", "true");
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", statePaths[state]);
    picture.append(path);
    return element("span", { class: `state ${state}` }, [picture, texts(stateTexts[state])]);
  }

  // solution/schema/labels.ts
  var languageCodes = { en: 1033, fr: 1036 };

  // webresources/configuration-page/user-language.ts
  var LANGUAGE_WITHOUT_REGION = 1023;
  function languageOfCode(code) {
    const isFrench = (code & LANGUAGE_WITHOUT_REGION) === (languageCodes.fr & LANGUAGE_WITHOUT_REGION);
    return isFrench ? "fr" : "en";
  }
  function languageOfAddress(search) {
    const code = Number(new URLSearchParams(search).get("userlcid"));
    return Number.isInteger(code) && code > 0 ? languageOfCode(code) : void 0;
  }
  async function userLanguage(api, search, browser) {
    const told = languageOfAddress(search);
    if (told !== void 0) return told;
    const set = await languageSetting(api);
    if (set !== void 0) return set;
    return browser.toLowerCase().split("-")[0] === "fr" ? "fr" : "en";
  }
  async function languageSetting(api) {
    const me = await api.get("WhoAmI()");
    const id = me.kind === "seen" ? text(me.value["UserId"]) : "";
    if (id === "") return void 0;
    const seen = await api.get(`usersettingscollection?$select=uilanguageid&$filter=systemuserid eq ${id}`);
    const [settings] = seen.kind === "seen" && rowsOf(seen.value) || [];
    const code = isRow(settings) ? settings["uilanguageid"] : void 0;
    return typeof code === "number" && code > 0 ? languageOfCode(code) : void 0;
  }
  function textsInResx(resx) {
    const xml = new DOMParser().parseFromString(resx, "application/xml");
    const entries = Array.from(xml.getElementsByTagName("data")).map((data) => {
      const value = data.getElementsByTagName("value")[0];
      return [data.getAttribute("name") || "", value && value.textContent || ""];
    });
    return new Map(entries.filter(([key, value]) => key !== "" && value !== ""));
  }
  async function loadTexts(language) {
    try {
      const response = await fetch(`${PAGE_TEXTS_ADDRESS}.${languageCodes[language]}.resx`, {
        credentials: "same-origin"
      });
      return response.ok ? textsInResx(await response.text()) : /* @__PURE__ */ new Map();
    } catch (e) {
      return /* @__PURE__ */ new Map();
    }
  }

  // webresources/configuration-page/page.ts
  async function openPage(into) {
    const organisation = organisationPath(window.location.pathname);
    const api = createWebApi(organisation);
    const language = await userLanguage(api, window.location.search, navigator.language);
    document.documentElement.lang = language;
    const texts = textsOf(await loadTexts(language));
    document.title = texts("title");
    const locale = navigator.language.toLowerCase().startsWith(language) ? navigator.language : language;
    const wording = {
      texts,
      language,
      organisation,
      date: (iso) => dateText(iso, locale),
      time: () => (/* @__PURE__ */ new Date()).toLocaleTimeString(locale)
    };
    const frame = drawFrame(into, texts);
    frame.button.addEventListener("click", () => void check(frame, api, wording));
    await check(frame, api, wording);
  }
  async function check(frame, api, wording) {
    const { button, status } = frame;
    if (button.getAttribute("aria-disabled") === "true") return;
    const { texts } = wording;
    button.setAttribute("aria-disabled", "true");
    status.textContent = texts("checking");
    const draw = (findings) => drawContent(frame, pageModelOf(findings, wording), texts);
    draw({});
    await runChecks(api, draw);
    button.removeAttribute("aria-disabled");
    status.textContent = texts("checkedAt", { time: wording.time() });
  }
  function dateText(iso, locale) {
    const date = new Date(iso);
    if (Number.isNaN(date.getTime())) return iso === "" ? "?" : iso;
    return new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" }).format(date);
  }
  var page = document.getElementById("page");
  if (page !== null) void openPage(page);
})();
