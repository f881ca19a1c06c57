import type { Catalogue, CatalogueColumn, CatalogueTable } from "@b24kit/client";

/** The view that a plan asks. */
export const tableOf = (catalogue: Catalogue | undefined, entity: string): CatalogueTable | undefined =>
  catalogue?.tables.find(({ name }) => name === entity);

/** A column of a plan: its own view's, or `view.column` of a linked one. */
export function columnOf(
  catalogue: Catalogue | undefined,
  entity: string,
  name: string,
): CatalogueColumn | undefined {
  const [view, column] = name.includes(".") ? name.split(".") : [entity, name];
  return tableOf(catalogue, view!)?.columns.find((one) => one.name === column);
}

const QUANTITIES = new Set(["money", "number", "count", "percent"]);
const CATEGORIES = new Set(["status", "stage", "user", "department", "boolean"]);

/** Columns that can be summed. */
export const quantitiesOf = (table: CatalogueTable | undefined): CatalogueColumn[] =>
  table?.columns.filter(({ kind }) => QUANTITIES.has(kind)) ?? [];

/** Columns that can split a figure: words, not their codes, and nothing that names a customer. */
export const categoriesOf = (table: CatalogueTable | undefined): CatalogueColumn[] =>
  table?.columns.filter(({ kind, words, pii }) => CATEGORIES.has(kind) && !words && !pii) ?? [];

/** Columns of moments and days. */
export const datesOf = (table: CatalogueTable | undefined): CatalogueColumn[] =>
  table?.columns.filter(({ kind }) => kind === "date" || kind === "datetime") ?? [];
