import type { SecretStore } from "../../../ports/secret-store";
import type { Session } from "./database";

const READ_SECRET = `select sealed from cosell.secret where name = $1`;
const WRITE_SECRET = `
  insert into cosell.secret (name, sealed) values ($1, $2)
  on conflict (name) do update set sealed = excluded.sealed, saved_at = now()`;

export function createSecretStore(session: Session): SecretStore {
  return {
    async load(name) {
      const [row] = await session.query<{ sealed: string }>(READ_SECRET, [name]);
      return row?.sealed ?? null;
    },
    async save(name, sealed) {
      await session.query(WRITE_SECRET, [name, sealed]);
    },
  };
}
