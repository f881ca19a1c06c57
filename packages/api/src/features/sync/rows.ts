import { hash } from "node:crypto";
import type { Codec, FieldPlan } from "./columns.ts";
import { type Cell, decodeValue, type Misfit } from "./decode.ts";

/** A record as the portal's list returns it. */
export type PortalRow = Readonly<Record<string, unknown>>;

/** One value of a multi-field (phone, e-mail…) as a row of the child table, in COPY's text form. */
export interface ChildRow {
  readonly id: string;
  readonly line: string;
}

export interface QuarantinedCell {
  readonly entityId: string;
  readonly field: string;
  /** JSON of the value as it came. */
  readonly raw: string;
  readonly reason: Misfit;
}

/** A portal's record ready to be written. */
export interface MirrorRow {
  readonly id: bigint;
  /** The line of COPY's text form: the cells in the plan's order, then the content's hash. */
  readonly line: string;
  readonly children: readonly ChildRow[];
  readonly misfits: readonly QuarantinedCell[];
}

/** A record without a usable id: nothing can be done with it, and the reader must not go on. */
export class RowWithoutId extends Error {}

/**
 * Turns a portal's record into a row of the mirror. The hash covers what is there, by field name: an empty new column
 * changes no row, a value that is held in quarantine does.
 * @throws RowWithoutId
 */
export function toMirrorRow(
  plans: readonly FieldPlan[],
  row: PortalRow,
  apart: readonly string[] = [],
): MirrorRow {
  const cells: string[] = [];
  const misfits: { field: string; raw: string; reason: Misfit }[] = [];
  const children: ChildRow[] = [];
  let content = "";
  for (const plan of plans) {
    const { name } = plan.field;
    const value = row[name];
    const decoded = decodeValue(plan, value);
    if ("misfit" in decoded) {
      const raw = JSON.stringify(value) ?? "null";
      misfits.push({ field: name, raw, reason: decoded.misfit });
      content += `${name}\u0001${raw}\u0002`;
      for (const _ of plan.columns) cells.push("\\N");
      continue;
    }
    for (const cell of decoded.cells) {
      if (cell === null) cells.push("\\N");
      else {
        cells.push(PLAIN.has(plan.codec) ? cell : toCopyCell(cell));
        content += `${name}\u0000${cell}\u0002`;
      }
    }
    if (plan.codec === "multifield" && decoded.cells[0] !== null)
      children.push(...toChildren(cells[0]!, name, value));
  }
  for (const name of apart) {
    if (isNothing(row[name])) continue;
    const raw = JSON.stringify(row[name]);
    misfits.push({ field: name, raw, reason: "no_column" });
    content += `${name}\u0001${raw}\u0002`;
  }
  const id = cells[0]!;
  if (!/^\d+$/.test(id)) throw new RowWithoutId(`A record has no usable ${plans[0]?.field.name}`);
  const digest = hash("sha256", content, "hex").slice(0, 32);
  return {
    id: BigInt(id),
    line: `${cells.join("\t")}\t${digest}\n`,
    children,
    misfits: misfits.map((one) => ({ entityId: id, ...one })),
  };
}

const isNothing = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  value === "" ||
  value === false ||
  (Array.isArray(value) && value.length === 0);

/** Values in which COPY's text form has nothing to escape. */
const PLAIN: ReadonlySet<Codec> = new Set([
  ...(["bigint", "integer", "reference", "numeric", "boolean", "date", "timestamp"] as const),
]);

const special: Readonly<Record<string, string>> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };

export function toCopyCell(cell: Cell): string {
  return cell === null ? "\\N" : cell.replace(/[\\\t\n\r]/g, (char) => special[char]!);
}

function toChildren(entityId: string, field: string, value: unknown): ChildRow[] {
  const entries = Array.isArray(value) ? value : [];
  const children: ChildRow[] = [];
  for (const entry of entries as Record<string, unknown>[]) {
    const id = String(entry?.ID ?? "");
    const text = String(entry?.VALUE ?? "");
    if (!/^\d{1,18}$/.test(id) || text === "") continue;
    const type = String(entry.TYPE_ID ?? field);
    const cells = [entityId, id, type, String(entry.VALUE_TYPE ?? ""), text, normaliseContact(type, text)];
    children.push({ id, line: `${cells.map(toCopyCell).join("\t")}\n` });
  }
  return children;
}

/** The form in which equal phones and addresses are equal texts: `8 (912) 000-11-22` as `79120001122`. */
export function normaliseContact(type: string, value: string): string {
  if (type !== "PHONE") return value.trim().toLowerCase();
  const digits = value.replace(/\D/g, "");
  return digits.length === 11 && digits.startsWith("8") ? `7${digits.slice(1)}` : digits;
}
