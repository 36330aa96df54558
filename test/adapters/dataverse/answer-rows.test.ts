import { allRowsOf, rowsOf } from "../../../sync-relay/src/adapters/dataverse/answer-rows";
import type { WebApi } from "../../../sync-relay/src/adapters/dataverse/web-api";

const QUERY = { op: "list", table: "accounts", select: ["name"] };
const FIRST = "accounts?$select=name";

interface Pages {
  readonly api: WebApi;
  readonly asked: string[];
  readonly sizes: (number | undefined)[];
}

/** A server whose pages lead as told. */
function pagesLeading(next: { readonly [address: string]: string }): Pages {
  const asked: string[] = [];
  const sizes: (number | undefined)[] = [];
  const api: Pick<WebApi, "get"> = {
    get: async (_op, address, options) => {
      asked.push(address);
      sizes.push(options?.maxPageSize);
      const link = next[address];
      return {
        kind: "ok",
        body: { value: [{ name: address }], ...(link && { "@odata.nextLink": `https://x/y?${link}` }) },
      };
    },
  };
  return { api: api as WebApi, asked, sizes };
}

test("[DV50] every page is asked for with so few rows that it can be read", async () => {
  const { api, sizes } = pagesLeading({ [FIRST]: "p2" });
  expect(await allRowsOf(api, QUERY)).toEqual([{ name: FIRST }, { name: "accounts?p2" }]);
  expect(sizes).toEqual([250, 250]);
});

test("[DV50] rows whose pages lead in a circle are an error at the first page that comes again", async () => {
  const { api, asked } = pagesLeading({ [FIRST]: "p2", "accounts?p2": "p3", "accounts?p3": "p2" });
  await expect(allRowsOf(api, QUERY)).rejects.toMatchObject({ code: "CS-1001" });
  expect(asked).toEqual([FIRST, "accounts?p2", "accounts?p3"]);
});

test("[DV50] no more rows are taken than were asked for, whatever the answer holds", async () => {
  const { api, asked } = pagesLeading({});
  expect(await rowsOf(api, { ...QUERY, top: 0 })).toEqual([]);
  expect(await rowsOf(api, { ...QUERY, top: 1 })).toHaveLength(1);
  expect(asked).toEqual([`${FIRST}&$top=0`, `${FIRST}&$top=1`]);
});
