import { createHash } from "node:crypto";
import type { Catalogue } from "../fields/catalogue.ts";
import { wholeRow } from "../store/select.ts";
import type { Table } from "../store/table.ts";
import type { Row } from "../values.ts";

export interface Checksum {
  count: number;
  md5: string;
}

/** JSON without spaces, the keys of every object in the order of their characters. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
  return `{${members.join(",")}}`;
}

/** md5 over every record in the order of IDs: its canonical JSON as `crm.*.get` shows it, and a line feed. */
export function checksumTable(table: Table, catalogue: Catalogue): Checksum {
  const hash = createHash("md5");
  for (let index = 0; index < table.size; index++) {
    hash.update(`${canonicalJson(wholeRow(table.at(index), catalogue))}\n`);
  }
  return { count: table.size, md5: hash.digest("hex") };
}

/** Records as `crm.*.get` shows them, by ID: the named ones, or those above `after`. */
export function readRecords(
  table: Table,
  catalogue: Catalogue,
  { ids, after, limit }: { ids?: number[] | undefined; after: number; limit: number },
): Row[] {
  if (ids) {
    const known = [...new Set(ids)].sort((a, b) => a - b).map((id) => table.get(id));
    return known.flatMap((row) => (row ? [wholeRow(row, catalogue)] : [])).slice(0, limit);
  }
  const first = table.lowerBound(after + 1);
  const rows: Row[] = [];
  for (let index = first; index < Math.min(first + limit, table.size); index++) {
    rows.push(wholeRow(table.at(index), catalogue));
  }
  return rows;
}
