import type { Row, Value } from "../values.ts";

export type LinkList = "CONTACT_IDS" | "COMPANY_IDS";

/** One link of a record, as `crm.*.items.get` shows it, without the name of the other side. */
export interface Link {
  id: number;
  sort: number;
  role: number;
  primary: boolean;
}

const STEP = 10;
const MAIN = { CONTACT_IDS: "CONTACT_ID", COMPANY_IDS: "COMPANY_ID" } as const;
const DETAILS = { CONTACT_IDS: "CONTACT_LINKS", COMPANY_IDS: "COMPANY_LINKS" } as const;

/** Numbers of the linked records, in their order. */
export function linkIds(row: Row, list: LinkList): string[] {
  const ids = row[list];
  if (Array.isArray(ids) && ids.length > 0) return ids.map(String);
  const main = row[MAIN[list]];
  return Number(main) > 0 ? [String(main)] : [];
}

/** The links of a record. Their sorting and roles are kept beside the list, as long as they speak of the same ones. */
export function linksOf(row: Row, list: LinkList): Link[] {
  const ids = linkIds(row, list).map(Number);
  const kept = (row[DETAILS[list]] ?? []) as unknown as Link[];
  const isFresh = kept.length === ids.length && kept.every((link, i) => link.id === ids[i]);
  const main = Number(row[MAIN[list]] ?? 0);
  const links = isFresh ? kept : ids.map((id, i) => ({ id, sort: (i + 1) * STEP, role: 0, primary: false }));
  return links.map((link) => ({ ...link, primary: link.id === main }));
}

/** The columns that say the same as these links: ordered, exactly one of them the main one. */
export function linkColumns(links: readonly Link[], list: LinkList): Row {
  const ordered = [...links].sort((a, b) => a.sort - b.sort);
  const main = ordered.find((link) => link.primary) ?? ordered[0];
  return {
    [list]: ordered.map((link) => String(link.id)),
    [MAIN[list]]: main ? String(main.id) : "0",
    [DETAILS[list]]: ordered.map((link) => ({ ...link, primary: link === main })) as unknown as Value,
  };
}

/** Where a new link goes when nobody says: behind the others. */
export function nextSort(links: readonly Link[]): number {
  return links.reduce((last, link) => Math.max(last, link.sort), 0) + STEP;
}
