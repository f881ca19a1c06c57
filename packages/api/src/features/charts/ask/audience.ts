import type { ChartCapability, ChartFilters } from "@b24kit/client/contract";
import { AppError } from "../../../platform/http/app-error.ts";
import type { ChartReader } from "../charts.ts";
import type { ChartPortal } from "../deps.ts";

/** Who a chart is for, and how far that reaches. */
export interface Audience extends ChartReader {
  /** Stable name of the person or token. */
  readonly who: string;
  readonly portal: ChartPortal;
  /** Nobody of this audience sees beyond them; null: no lock. */
  readonly lock: ChartFilters | null;
  /** Views that may be asked about; null: all. */
  readonly entities: readonly string[] | null;
  /** Null: everything that a right to read allows. */
  readonly can: ReadonlySet<ChartCapability> | null;
}

/** @throws AppError forbidden */
export function requireCapability({ can }: Audience, capability: ChartCapability): void {
  if (can !== null && !can.has(capability))
    throw new AppError("forbidden", `This token does not allow to ${capability}.`);
}

/** Small lists that every entity's words come from. */
const DICTIONARIES = new Set([
  "users",
  "departments",
  "stages",
  "sources",
  "statuses",
  "funnels",
  "currencies",
]);

/** @throws AppError forbidden, where a statement reads what the audience may not ask about */
export function requireTables({ entities }: Audience, tables: readonly string[]): void {
  if (entities === null) return;
  const beyond = tables.find((table) => !entities.includes(table) && !DICTIONARIES.has(table));
  if (beyond) throw new AppError("forbidden", `This token does not reach ${beyond}.`);
}
