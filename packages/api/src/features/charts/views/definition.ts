import type { CatalogueColumn, CatalogueJoin, ColumnKind, Entity, Label } from "@b24kit/client/contract";
import type { MirrorDescription } from "../deps.ts";

/** A column of a view: what it means, and the SQL that makes it from the record `d` and the joined rows. */
export interface ViewColumn {
  readonly info: CatalogueColumn;
  readonly sql: string;
}

/** One chart view over the mirror. */
export interface ViewDefinition {
  readonly name: string;
  readonly entity: Entity | null;
  readonly label: Label;
  readonly rows: number | null;
  readonly columns: readonly ViewColumn[];
  /** What follows FROM. Joins must not multiply rows; those that a query does not use are left out by the planner. */
  readonly from: readonly string[];
  /** Where its columns lead. */
  readonly joins: readonly CatalogueJoin[];
}

type More = Partial<Omit<CatalogueColumn, "name" | "field" | "label" | "type" | "kind">>;

/** A column; `field` is the portal's name of what it is made from. */
export function column(
  name: string,
  field: string | null,
  [ru, en]: readonly [ru: string, en: string],
  [kind, type]: readonly [kind: ColumnKind, type: string],
  sql: string,
  more: More = {},
): ViewColumn {
  return {
    info: { name, field, label: { ru, en }, type, kind, pii: false, ...more },
    sql: `(${sql})::${type}`,
  };
}

export const ID = ["id", "bigint"] as const;
export const TEXT = ["text", "text"] as const;
export const STATUS = ["status", "text"] as const;
export const USER = ["user", "text"] as const;
export const MONEY = ["money", "numeric"] as const;
export const MOMENT = ["datetime", "timestamptz"] as const;
export const DATE = ["date", "date"] as const;
export const FLAG = ["boolean", "boolean"] as const;

export function join(table: string, column: string, to: string): CatalogueJoin {
  return { from: { table, column }, to: { table: to, column: "id" } };
}

/** A builder of a view's definition, for the portal as it is. */
export type DefineView = (mirror: MirrorDescription) => ViewDefinition;
