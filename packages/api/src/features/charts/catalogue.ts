import type { Catalogue, CatalogueColumn, CatalogueJoin, CatalogueTable } from "@b24kit/client/contract";

export type { Catalogue, CatalogueColumn, CatalogueJoin, CatalogueTable };

/** The table of that name, or undefined. */
export function findTable(catalogue: Catalogue, name: string): CatalogueTable | undefined {
  return catalogue.tables.find((table) => table.name === name);
}

export function findColumn(table: CatalogueTable, name: string): CatalogueColumn | undefined {
  return table.columns.find((column) => column.name === name);
}

/** How two tables are joined, whichever of them refers to the other. */
export function findJoin(catalogue: Catalogue, left: string, right: string): CatalogueJoin | undefined {
  return catalogue.joins.find(
    ({ from, to }) =>
      (from.table === left && to.table === right) || (from.table === right && to.table === left),
  );
}
