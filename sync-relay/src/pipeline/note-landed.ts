// A write whose answer was lost is reported once it shows that it took effect, so that the audit trail tells of every
// write. The opportunity's own trail came along with a late write to the CRM; one to Partner Center is still to be told.

import type { Direction, FieldChange } from "../core/audit-entry";
import { sameJson } from "../core/json";
import { readCrm } from "../core/mapping/read-crm";
import { readReferral } from "../core/mapping/read-referral";
import type { Side } from "../core/merge/conflict";
import { delivered } from "../core/merge/delivered";
import { landedValues } from "../core/merge/landed";
import type { FieldValues, Unconfirmed } from "../core/pair";
import { auditEntry, report, type Report, type Run } from "./run";

/** Reports what proved to have landed on either side. Under a new version nothing that was sent before can come any more. */
export function noteLanded(run: Run): void {
  const { map } = run.parts;
  const { crm, partnerCenter, unconfirmedCrm, unconfirmedPartnerCenter } = run.pair;
  if (unconfirmedPartnerCenter !== null && partnerCenter !== null) {
    if (unconfirmedPartnerCenter.version !== partnerCenter.eTag) {
      note(run, "partnerCenter", {
        unconfirmed: unconfirmedPartnerCenter,
        now: readReferral(map, partnerCenter).values,
      });
      run.pair = { ...run.pair, unconfirmedPartnerCenter: null };
    }
  }
  if (unconfirmedCrm !== null && crm !== null && unconfirmedCrm.version !== crm.version) {
    note(run, "crm", { unconfirmed: unconfirmedCrm, now: readCrm(map, crm.values).values });
    run.pair = { ...run.pair, unconfirmedCrm: null };
  }
}

const directions: { readonly [S in Side]: Direction } = {
  crm: "partner-center-to-crm",
  partnerCenter: "crm-to-partner-center",
};

interface Sent {
  readonly unconfirmed: Unconfirmed;
  /** What the side holds now. */
  readonly now: FieldValues;
}

function note(run: Run, side: Side, { unconfirmed, now }: Sent): void {
  const landed = landedValues(unconfirmed, now);
  const changes = Object.entries(landed).map(([field, after]): FieldChange => {
    // A shadow that was read since the write knows only what came after it.
    return { field, before: unconfirmed.replaced?.[field] ?? run.pair.fields[field]?.[side] ?? null, after };
  });
  if (changes.length === 0) return;
  // Known already: the shadow of a later write brought it, and that write brought the line too.
  const isKnown = ({ field, after }: FieldChange) => sameJson(run.pair.fields[field]?.[side] ?? null, after);
  const told = side === "crm" || changes.every(isKnown);
  const fields = delivered(run.pair.fields, { fields: run.parts.map.fields, side, sent: landed, kept: landed });
  run.pair = { ...run.pair, fields };
  const entry: Report = { direction: directions[side], action: "update", result: "done", changes };
  if (told) run.audit.push(auditEntry(run, entry));
  else report(run, entry);
}
