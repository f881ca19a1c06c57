import type { PortalField } from "./fields.ts";

type Field = Pick<PortalField, "type" | "multiple" | "items" | "statusType">;

/** How a statement comes to the words of a mirror: a view says everything itself, a query has parameters. */
export interface WordSources {
  /** SQL of a text. */
  readonly text: (value: string) => string;
  /** SQL of a table of the mirror under an alias. */
  readonly from: (table: "users" | "statuses" | "categories", alias: string) => string;
  /** SQL that holds for the entries (`word`) of a dictionary, by its ENTITY_ID. */
  readonly isOf: (dictionary: string) => string;
  /** Whether funnels of deals are named. */
  readonly funnels: boolean;
}

/** SQL of a value as a person reads it; a code that no dictionary knows (any more) stays as it is. */
export function inWords(field: Field, value: string, sources: WordSources): string {
  const word = wordOf(field, sources);
  if (word === null) return value;
  if (!field.multiple) return word(value);
  return `(SELECT array_agg(${word("e.v")} ORDER BY e.n) FROM unnest(${value}) WITH ORDINALITY AS e(v, n))`;
}

/** SQL of what a code is called; null where it is shown as it is. */
function wordOf({ type, items, statusType }: Field, sources: WordSources): ((code: string) => string) | null {
  const named = (found: string) => (code: string) => `coalesce((${found} = ${code} LIMIT 1), ${code}::text)`;
  if (type === "enumeration" || items.length > 0) {
    const words = sources.text(JSON.stringify(Object.fromEntries(items.map(({ id, label }) => [id, label]))));
    return (code) => `coalesce(${words}::jsonb ->> ${code}::text, ${code}::text)`;
  }
  if (type === "user" || type === "employee")
    return named(`SELECT person.full_name FROM ${sources.from("users", "person")} WHERE person.id`);
  if (type === "crm_status" && statusType !== null) {
    const entries = `${sources.from("statuses", "word")} WHERE ${sources.isOf(statusType)}`;
    return named(`SELECT word.name FROM ${entries} AND word.status_id`);
  }
  if (type === "crm_category" && sources.funnels) {
    const ofDeals = `${sources.from("categories", "funnel")} WHERE funnel.entity_type_id = 2`;
    return named(`SELECT funnel.name FROM ${ofDeals} AND funnel.id`);
  }
  return null;
}
