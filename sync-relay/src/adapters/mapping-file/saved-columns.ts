// The CRM's columns in a file, so that a mapping can be checked where nobody can sign in: on a build server, say.

import { z } from "zod";
import { crmColumnKinds, type CrmColumns } from "../../core/mapping/crm-column";

const savedSchema = z.object({
  environment: z.string(),
  readAt: z.string(),
  columns: z.record(
    z.string(),
    z.object({
      kind: z.enum(crmColumnKinds),
      options: z.array(z.number()).nullable(),
      writable: z.object({ create: z.boolean(), update: z.boolean() }),
      maxLength: z.number().nullable(),
    }),
  ),
});

/** Columns of an environment as they were at a time. */
export interface SavedColumns {
  /** Address of the environment. */
  readonly environment: string;
  /** ISO 8601 UTC. */
  readonly readAt: string;
  readonly columns: CrmColumns;
}

export function columnsText({ environment, readAt, columns }: SavedColumns): string {
  const sorted = Object.fromEntries([...columns].sort(([a], [b]) => (a < b ? -1 : 1)));
  return `${JSON.stringify({ environment, readAt, columns: sorted }, null, 2)}\n`;
}

/** Null when the text is no file of saved columns. */
export function parseColumns(text: string): SavedColumns | null {
  try {
    const saved = savedSchema.parse(JSON.parse(text));
    return { ...saved, columns: new Map(Object.entries(saved.columns)) };
  } catch {
    return null;
  }
}
