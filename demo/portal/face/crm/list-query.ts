import { ENTITIES, type Entity } from "../../values.ts";
import type { Section } from "./sections.ts";

/** What the address of a list asks for. */
export interface ListQuery {
  search: string;
  /** Funnel of deals; null shows all of them. */
  category: string | null;
  stage: string | null;
  /** `{company: "5"}`: only what is linked to that record. */
  linked: Partial<Record<Entity, string>>;
  sort: string;
  direction: "ASC" | "DESC";
  /** From 1. */
  page: number;
}

export const LIST_PAGE = 20;

/** Reads the query; what makes no sense counts as not said. */
export function readListQuery(section: Section, query: Record<string, string>): ListQuery {
  const number = (text: string | undefined) => (/^\d{1,9}$/.test(text ?? "") ? (text as string) : null);
  const sort = section.columns.find((column) => column.field === query.sort)?.field;
  const linked: ListQuery["linked"] = {};
  for (const entity of ENTITIES) {
    const id = number(query[entity]);
    if (id) linked[entity] = id;
  }
  return {
    search: (query.q ?? "").trim().slice(0, 200),
    category: section.entity === "deal" ? number(query.category) : null,
    stage: section.stageField ? (query.stage ?? "").slice(0, 100) || null : null,
    linked,
    sort: sort ?? "ID",
    direction: sort && query.dir !== "desc" ? "ASC" : "DESC",
    page: Math.max(1, Number(number(query.page) ?? 1)),
  };
}

/** The address of the list with some of it changed; a change of anything but the page starts at page 1. */
export function listAddress(path: string, query: ListQuery, change: Partial<ListQuery> = {}): string {
  const next = { ...query, page: 1, ...change };
  const address = new URLSearchParams();
  if (next.search) address.set("q", next.search);
  if (next.category !== null) address.set("category", next.category);
  if (next.stage) address.set("stage", next.stage);
  for (const [entity, id] of Object.entries(next.linked)) address.set(entity, id);
  if (next.sort !== "ID") {
    address.set("sort", next.sort);
    if (next.direction === "DESC") address.set("dir", "desc");
  }
  if (next.page > 1) address.set("page", String(next.page));
  const text = address.toString();
  return text ? `${path}?${text}` : path;
}

/** The query as a filter of the classic lists, the stage left out: stages are counted beside each other. */
export function filterOf({ category }: ListQuery): Record<string, unknown> {
  return category === null ? {} : { CATEGORY_ID: category };
}
