import { asText } from "../../php.ts";
import type { Portal } from "../../portal.ts";
import { compileFilter, type Filter } from "../../store/filter.ts";
import { compileOrder } from "../../store/order.ts";
import type { Table } from "../../store/table.ts";
import type { Entity, Row } from "../../values.ts";

export interface RecordQuery {
  entity: Entity;
  /** As `crm.*.list` takes it. */
  filter: Record<string, unknown>;
  order: Record<string, "ASC" | "DESC">;
  /** Words that must all occur in what a person knows a record by. */
  search: string;
  /** Only what names these records, as its main link or as one of several. */
  linked?: Partial<Record<Entity, string>>;
}

/** Records that match, in order. Where nothing but the ID decides, only those that are asked for are ever read. */
export interface Found {
  total: number;
  slice(from: number, to: number): Row[];
  all(): Row[];
}

export function findRecords(portal: Portal, query: RecordQuery): Found {
  const { entity, filter, order, search, linked = {} } = query;
  const catalogue = portal.crm.catalogues[entity];
  const compiled = compileFilter(filter, catalogue, portal.zone);
  const sorting = compileOrder(order, catalogue, portal.zone);
  const tests = [compiled.test, compileSearch(portal, entity, search), ...compileLinks(linked)].filter(
    (test) => test !== null,
  );
  const table = portal.crm.tables[entity];
  if (Object.keys(filter).length === 0 && tests.length === 0 && sorting.byId !== 0)
    return byId(table, sorting.byId);
  const rows = table.ids.flatMap((id, i) => (isWanted(id, compiled) ? [table.at(i)] : []));
  const matching = rows.filter((row) => tests.every((test) => test(row)));
  const sorted = sorting.byId > 0 ? matching : sorting.byId < 0 ? matching.reverse() : sorting.sort(matching);
  return { total: sorted.length, slice: (from, to) => sorted.slice(from, to), all: () => sorted };
}

function isWanted(id: number, { from, to, ids }: Filter): boolean {
  return id >= from && id <= to && (!ids || ids.includes(id));
}

function byId(table: Table, direction: 1 | -1): Found {
  const total = table.size;
  const slice = (from: number, to: number) =>
    Array.from({ length: Math.max(0, Math.min(to, total) - from) }, (_, i) =>
      table.at(direction > 0 ? from + i : total - 1 - from - i),
    );
  return { total, slice, all: () => slice(0, total) };
}

const LINKS: Record<Entity, readonly [main: string, list: string]> = {
  company: ["COMPANY_ID", "COMPANY_IDS"],
  contact: ["CONTACT_ID", "CONTACT_IDS"],
  lead: ["LEAD_ID", "LEAD_IDS"],
  deal: ["DEAL_ID", "DEAL_IDS"],
};

function compileLinks(linked: Partial<Record<Entity, string>>): ((row: Row) => boolean)[] {
  return Object.entries(linked).map(([entity, id]) => {
    const [main, list] = LINKS[entity as Entity];
    return (row) => {
      const several = row[list];
      return (
        asText(row[main]) === id || (Array.isArray(several) && several.some((one) => asText(one) === id))
      );
    };
  });
}

function compileSearch(portal: Portal, entity: Entity, search: string): ((row: Row) => boolean) | null {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return null;
  const { contact, company } = portal.crm.tables;
  const digits = search.replace(/\D/g, "");
  return (row) => {
    let text = ownWords(row);
    if (entity === "deal" || entity === "lead" || entity === "contact")
      text += ` ${asText(company.get(Number(row.COMPANY_ID))?.TITLE)}`;
    if (entity === "deal") text += ` ${ownWords(contact.get(Number(row.CONTACT_ID)) ?? {})}`;
    const known = text.toLowerCase();
    if (words.every((word) => known.includes(word))) return true;
    return asText(row.ID) === search.trim() || (digits.length >= 4 && phoneDigits(row).includes(digits));
  };
}

function ownWords(row: Row): string {
  const parts = [row.TITLE, row.LAST_NAME, row.NAME, row.SECOND_NAME, row.COMPANY_TITLE].map(asText);
  return [...parts, ...points(row, "EMAIL")].join(" ");
}

function phoneDigits(row: Row): string {
  return points(row, "PHONE")
    .join(" ")
    .replace(/[^\d ]/g, "");
}

function points(row: Row, name: string): string[] {
  const list = row[name];
  return Array.isArray(list) ? list.map((point) => asText((point as Row | null)?.VALUE)) : [];
}
