import type { JsonObject } from "../../src/core/json";
import type { LoopbackClouds } from "./loopback-clouds";

/** An opportunity as a seller enters it, with its account and contact; not shared yet. */
export function newOpportunity(records: LoopbackClouds["dataverse"]["records"]): JsonObject {
  const account = records.seed("accounts", {
    name: "Contoso Customer Inc",
    address1_line1: "1 Main Street",
    address1_city: "Redmond",
    address1_stateorprovince: "WA",
    address1_postalcode: "98052",
    address1_country: "United States",
  });
  const contact = records.seed("contacts", {
    firstname: "Sue",
    lastname: "Smith",
    emailaddress1: "sue.smith@contoso.example",
    telephone1: "+1 425 555 0100",
  });
  return {
    name: "Contoso ERP renewal",
    estimatedvalue: 50_000,
    estimatedclosedate: "2027-03-31",
    description: "Renewal with more seats",
    "parentaccountid@odata.bind": `/accounts(${account})`,
    "parentcontactid@odata.bind": `/contacts(${contact})`,
  };
}

/** A deal as somebody enters it in the portal. */
export function newDeal(): JsonObject {
  return {
    name: "Fabrikam migration",
    type: "Shared",
    qualification: "SalesQualified",
    customerProfile: {
      name: "Fabrikam",
      address: { addressLine1: "2 rue de Rivoli", city: "Paris", state: "", postalCode: "75001", country: "FR" },
      team: [
        { firstName: "Luc", lastName: "Petit", email: "luc.petit@fabrikam.example", phoneNumber: "+33 1 55 55 01 00" },
      ],
    },
    details: {
      notes: "Moves to the cloud",
      dealValue: 1_200,
      currency: "EUR",
      closingDateTime: "2027-06-30T00:00:00Z",
      requirements: { solutions: [{ id: "SOL-15974-MQF", name: "Contoso App", type: "Name" }] },
    },
  };
}
