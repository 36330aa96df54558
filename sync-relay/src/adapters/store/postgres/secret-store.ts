import type { SecretStore } from "../../../ports/secret-store";
import type { Session } from "./database";

const READ_SECRET = `select sealed from cosell.secret where name = $1`;
const WRITE_SECRET = `
  insert into cosell.secret (name, sealed) values ($1, $2)
  on conflict (name) do update set sealed = excluded.sealed, saved_at = now()`;
const REPLACE_SECRET = `
  update cosell.secret set sealed = $3, saved_at = now() where name = $1 and sealed = $2 returning name`;
const REMOVE_SECRET = `delete from cosell.secret where name = $1`;
const LIST_SECRETS = `select name from cosell.secret order by name`;

export function createSecretStore(session: Session): SecretStore {
  return {
    async load(name) {
      const [row] = await session.query<{ sealed: string }>(READ_SECRET, [name]);
      return row?.sealed ?? null;
    },
    async save(name, sealed) {
      await session.query(WRITE_SECRET, [name, sealed]);
    },
    async replace(name, { from, to }) {
      return (await session.query(REPLACE_SECRET, [name, from, to])).length > 0;
    },
    async remove(name) {
      await session.query(REMOVE_SECRET, [name]);
    },
    async names() {
      return (await session.query<{ name: string }>(LIST_SECRETS, [])).map(({ name }) => name);
    },
  };
}
