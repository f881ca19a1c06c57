import { z } from "zod";
import type { Endpoint } from "./endpoint.ts";
import { PortalQuery } from "./portal.ts";

/** A text of the portal or of ours in the languages that are known. */
export const Label = z.object({ ru: z.string(), en: z.string() });
export type Label = z.infer<typeof Label>;

/** How a column is to be read and drawn; finer than its Arrow type. */
export const ColumnKind = z.enum([
  "id",
  "text",
  "number",
  "count",
  "money",
  "percent",
  "boolean",
  "date",
  "datetime",
  "status",
  "stage",
  "user",
  "department",
  "link",
  "phone",
  "email",
  "url",
  "list",
  "json",
]);
export type ColumnKind = z.infer<typeof ColumnKind>;

/**
 * Keys of the Arrow field metadata. `label` is a JSON `Label`; `kind` a `ColumnKind`; `unit` a currency code or unit,
 * `{column}` where another column of the row names it; percents are points (42.5 is 42.5 %);
 * `link` a path on the portal with `{column}` slots, e.g. `/crm/deal/details/{id}/`; `colors` a JSON map value -> colour.
 */
export const FIELD_METADATA = {
  label: "label",
  kind: "kind",
  unit: "unit",
  link: "link",
  colors: "colors",
} as const;

/**
 * Keys of the Arrow schema metadata: the query's name and JSON title, the portal's origin, when the data was true, the
 * limit that applied (a table with as many rows may have been cut), and the language of the rows where they hold words
 * that are said in one: absent where no other language would bring others.
 */
export const SCHEMA_METADATA = {
  query: "query",
  title: "title",
  portal: "portal",
  asOf: "asOf",
  limit: "limit",
  language: "language",
} as const;

/** Languages that rows can be asked for in; what a portal's dictionaries say is in the portal's own. */
export const QueryLanguage = z.enum(["ru", "en"]);
export type QueryLanguage = z.infer<typeof QueryLanguage>;

export const QueryDescription = z.object({
  name: z.string(),
  title: Label,
  description: Label,
  parameters: z.unknown().describe("JSON Schema of the query's own parameters"),
  defaultLimit: z.number().int(),
  maxLimit: z.number().int(),
});
export type QueryDescription = z.infer<typeof QueryDescription>;

export const listQueries = {
  id: "listQueries",
  method: "get",
  path: "/api/v1/queries",
  tag: "queries",
  summary: "Names, parameters and limits of all queries",
  access: "data:read",
  status: 200,
  response: z.object({ queries: z.array(QueryDescription) }),
} as const satisfies Endpoint;

export const ARROW_STREAM = "application/vnd.apache.arrow.stream";

export const runQuery = {
  id: "runQuery",
  method: "get",
  path: "/api/v1/queries/{name}",
  tag: "queries",
  summary: "Rows of a query as an Arrow stream, CSV or JSON; other query parameters are the query's own",
  access: "data:read",
  params: z.object({ name: z.string().max(63) }),
  query: PortalQuery.extend({
    limit: z.coerce.number().int().min(1).optional(),
    language: QueryLanguage.optional().describe(
      "Of words that no dictionary of the portal explains: statuses of tasks, results of calls; Russian by default, a kept chart's own",
    ),
  }).loose(),
  status: 200,
  produces: [ARROW_STREAM, "text/csv", "application/json"],
  errors: [
    "unknown_query",
    "invalid_parameter",
    "limit_too_large",
    "portal_required",
    "not_acceptable",
    "query_timeout",
  ],
} as const satisfies Endpoint;
