import { z } from "zod";
import { ColumnKind, Label } from "./queries.ts";
import { Entity } from "./sync.ts";

/** One of the values that a column may hold. */
export const CatalogueValue = z.object({
  code: z.string().describe("The value as the column holds it"),
  label: Label,
  order: z.number().int().describe("Place among the column's values, from 0"),
  color: z.string().optional().describe("The portal's own colour of a stage, `#rrggbb`"),
  semantic: z.enum(["open", "won", "lost"]).optional().describe("Of a stage: what it means for the deal"),
  group: z.string().optional().describe("Of a deal's stage: the id of its funnel"),
});
export type CatalogueValue = z.infer<typeof CatalogueValue>;

/** A column of a chart view. */
export const CatalogueColumn = z.object({
  name: z.string().describe("SQL identifier: lower case, needs no quotes"),
  field: z.string().nullable().describe("The portal's field; null where the column is derived"),
  label: Label,
  type: z.string().describe("PostgreSQL type: bigint, numeric, text, date, timestamptz, text[], …"),
  kind: ColumnKind,
  unit: z.string().optional().describe("Currency code or unit; `{column}` where another column names it"),
  values: z.array(CatalogueValue).optional().describe("The values, where the portal has a list of them"),
  words: z.string().optional().describe("Of a column of codes: the column that holds their words"),
  codes: z.string().optional().describe("Of a column of words: the column that holds their codes"),
  base: z.string().optional().describe("Of money: the column with the amount in the base currency"),
  link: z.string().optional().describe("Path on the portal with `{column}` slots"),
  pii: z.boolean().describe("Names or describes a customer"),
});
export type CatalogueColumn = z.infer<typeof CatalogueColumn>;

/** A chart view: one thing of the portal as generated SQL and plans may read it. */
export const CatalogueTable = z.object({
  name: z.string().describe("SQL identifier, e.g. `deals`"),
  entity: Entity.nullable().describe("The mirrored entity; null for dictionaries"),
  label: Label,
  rows: z.number().int().nullable().describe("Rows at the last sync; null before the first"),
  columns: z.array(CatalogueColumn),
});
export type CatalogueTable = z.infer<typeof CatalogueTable>;

/** Two columns that hold the same thing; the right side is unique. */
export const CatalogueJoin = z.object({
  from: z.object({ table: z.string(), column: z.string() }),
  to: z.object({ table: z.string(), column: z.string() }),
});
export type CatalogueJoin = z.infer<typeof CatalogueJoin>;

/** Everything that charts may read of a portal. */
export const Catalogue = z.object({
  version: z.string().describe("Changes with tables, columns and values; not with the number of rows"),
  baseCurrency: z.string().nullable().describe("Currency of the portal's `…_base` amounts"),
  offsetMinutes: z.number().int().describe("Minutes that the portal's time is ahead of UTC"),
  tables: z.array(CatalogueTable),
  joins: z.array(CatalogueJoin),
});
export type Catalogue = z.infer<typeof Catalogue>;
