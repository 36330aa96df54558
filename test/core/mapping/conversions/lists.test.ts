import type { ValueList } from "../../../../sync-relay/src/core/mapping/field-map";
import { stageList } from "../a-field-map";
import { empty, fromCrm, fromReferral, notConvertible, toCrm, toReferral } from "./read";

const list: ValueList = {
  builtin: null,
  pairs: [
    { crm: 10, canonical: "Hot" },
    { crm: 20, canonical: "Cold" },
    { crm: null, canonical: "Unknown" },
  ],
};

describe("choice", () => {
  test("[CV12] a choice goes through its list in both directions", () => {
    expect(fromCrm("choice", 10, { list })).toBe("Hot");
    expect(fromCrm("choice", "10", { list })).toBe("Hot");
    expect(fromReferral("choice", "Cold", { list })).toBe("Cold");
    expect(toCrm("choice", "Cold", { list })).toBe(20);
    expect(toReferral("choice", "Cold", { list })).toBe("Cold");
  });

  test("[CV12] a value that the list does not have is not guessed", () => {
    expect(fromCrm("choice", 30, { list })).toBe(notConvertible);
    expect(fromReferral("choice", "Warm", { list })).toBe(notConvertible);
    expect(toCrm("choice", "Warm", { list })).toBe(undefined);
  });

  test("[CV12] Partner Center's word for nothing is nothing in the CRM", () => {
    expect(fromReferral("choice", "Unknown", { list })).toBe(empty);
    expect(toCrm("choice", null, { list })).toBe(null);
    expect(toReferral("choice", null, { list })).toBe("Unknown");
  });

  test("[CV12] without a list a value stands for itself", () => {
    expect(fromCrm("choice", " A ")).toBe("A");
    expect(toCrm("choice", "A")).toBe("A");
  });
});

describe("choices", () => {
  test("[CV13] several choices are a set, written to the CRM as numbers with commas", () => {
    expect(fromCrm("choices", "20,10,20", { list })).toEqual(["Cold", "Hot"]);
    expect(fromReferral("choices", ["Hot", "Cold"], { list })).toEqual(["Cold", "Hot"]);
    expect(toCrm("choices", ["Cold", "Hot"], { list })).toBe("20,10");
    expect(toCrm("choices", [], { list })).toBe(null);
  });

  test("[CV13] one value that the list does not have spoils the set", () => {
    expect(fromCrm("choices", "10,30", { list })).toBe(notConvertible);
    expect(toCrm("choices", ["Hot", "Warm"], { list })).toBe(undefined);
  });
});

describe("status", () => {
  test("[CV14] the stage comes from the list, and the first value listed is written back", () => {
    expect(fromCrm("status", 5, { list: stageList })).toBe("lost");
    expect(toCrm("status", "lost", { list: stageList })).toBe(4);
    expect(fromCrm("status", 7, { list: stageList })).toBe(notConvertible);
    expect(fromReferral("status", "Archived")).toBe(notConvertible);
  });
});

describe("solutions", () => {
  test("[CV15] ids are found between commas, semicolons, blanks and new lines, each once, in no order", () => {
    const text = "sol-15974-mqf, contoso.erp-suite;\n7B1C2D3E-0000-4000-8000-00000000000A  SOL-15974-MQF";
    expect(fromCrm("solutions", text)).toEqual([
      "7b1c2d3e-0000-4000-8000-00000000000a",
      "SOL-15974-MQF",
      "contoso.erp-suite",
    ]);
    expect(fromCrm("solutions", "b-1 a-1")).toEqual(fromCrm("solutions", "a-1;b-1"));
  });

  test("[CV15] text with anything that is no id is refused as a whole", () => {
    expect(fromCrm("solutions", "SOL-1-ABC and more")).toBe(notConvertible);
    expect(fromCrm("solutions", "SOL-1-ABC <b>")).toBe(notConvertible);
  });

  test("[CV15] more solutions than Partner Center takes are refused", () => {
    const ids = Array.from({ length: 51 }, (_, n) => `SOL-${n}-ABC`);
    expect(fromCrm("solutions", ids.slice(0, 50).join(" "))).toHaveLength(50);
    expect(fromCrm("solutions", ids.join(" "))).toBe(notConvertible);
  });

  test("[CV15] the referral's list is read without its categories, and written by name", () => {
    const there = [
      { id: "SOL-2-XYZ", type: "Name", name: "Suite" },
      { id: "AdvancedAnalytics", type: "Category" },
    ];
    expect(fromReferral("solutions", there)).toEqual(["SOL-2-XYZ"]);
    expect(toReferral("solutions", ["SOL-2-XYZ"])).toEqual([{ id: "SOL-2-XYZ", type: "Name" }]);
    expect(toCrm("solutions", ["a-1", "b-1"])).toBe("a-1; b-1");
  });
});

describe("people", () => {
  const ada = { firstName: " Ada ", lastName: "Byron", phoneNumber: null, email: "Ada@Contoso.example" };

  test("[CV16] one person made of columns and a list with that person are the same", () => {
    const canonical = [{ firstName: "Ada", lastName: "Byron", phoneNumber: null, email: "ada@contoso.example" }];
    expect(fromCrm("people", ada)).toEqual(canonical);
    expect(fromReferral("people", [{ ...ada, title: "Countess" }, ada])).toEqual(canonical);
  });

  test("[CV16] a person without any detail is nobody", () => {
    expect(fromCrm("people", { firstName: "", lastName: null, phoneNumber: null, email: " " })).toBe(empty);
  });

  test("[CV16] people are written to Partner Center without empty details, and never to the CRM", () => {
    const canonical = fromCrm("people", ada);
    if (typeof canonical === "symbol") throw new Error("Ada is a person");
    expect(toReferral("people", canonical)).toEqual([
      { firstName: "Ada", lastName: "Byron", email: "ada@contoso.example" },
    ]);
    expect(toCrm("people", canonical)).toBe(undefined);
  });
});
