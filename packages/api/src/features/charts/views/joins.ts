import type { MirrorDescription } from "../deps.ts";

/**
 * Joins that give words to codes. Each goes by the dictionary's key, so none multiplies rows, and PostgreSQL leaves
 * out those whose columns a query does not read.
 */
export function joinStatus(
  mirror: MirrorDescription,
  alias: string,
  codes: string,
  dictionary: string,
): string {
  const shape = { entity_id: "text", status_id: "text", name: "text", sort: "integer", semantics: "text" };
  return `LEFT JOIN ${mirror.from("statuses", shape, alias)} ON ${alias}.entity_id = ${dictionary} AND ${alias}.status_id = ${codes}`;
}

export function joinUser(mirror: MirrorDescription, alias: string, id: string): string {
  return `LEFT JOIN ${mirror.from("users", { id: "bigint", full_name: "text" }, alias)} ON ${alias}.id = ${id}`;
}

export function joinFunnel(mirror: MirrorDescription, id: string): string {
  const shape = { entity_type_id: "integer", id: "bigint", name: "text" };
  return `LEFT JOIN ${mirror.from("categories", shape, "funnel")} ON funnel.entity_type_id = 2 AND funnel.id = ${id}`;
}

export function joinCompany(mirror: MirrorDescription, id: string): string {
  return `LEFT JOIN ${mirror.from("companies", { id: "bigint", title: "text" }, "company")} ON company.id = ${id}`;
}

export function joinContact(mirror: MirrorDescription, id: string): string {
  const shape = { id: "bigint", name: "text", last_name: "text" };
  return `LEFT JOIN ${mirror.from("contacts", shape, "contact")} ON contact.id = ${id}`;
}

/** The rate of a record's currency to the portal's base currency. */
export function joinCurrency(mirror: MirrorDescription, id: string): string {
  const shape = { id: "text", amount: "numeric", amount_count: "numeric" };
  return `LEFT JOIN ${mirror.from("currencies", shape, "rate")} ON rate.id = ${id}`;
}

/** An amount at the portal's rate; NULL where the portal has no rate, so that no sum is silently wrong. */
export function inBaseCurrency(amount: string, currency: string, base: string | null): string {
  const rated = `${amount} * rate.amount / nullif(rate.amount_count, 0)`;
  return base === null ? amount : `CASE WHEN ${currency} = '${base}' THEN ${amount} ELSE ${rated} END`;
}

/** Whose stages a deal of this funnel has: the first funnel's dictionary has no number. */
export function dealStages(category: string): string {
  return `CASE WHEN coalesce(${category}, 0) = 0 THEN 'DEAL_STAGE' ELSE 'DEAL_STAGE_' || ${category} END`;
}

/** `open`, `won` or `lost`, by the record's own mark, else by its stage's. */
export function semantic(own: string, stage: string): string {
  return `CASE coalesce(nullif(${own}, ''), ${stage}.semantics) WHEN 'S' THEN 'won' WHEN 'F' THEN 'lost' ELSE 'open' END`;
}
