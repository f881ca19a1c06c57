import { createHash } from "node:crypto";
import pg from "pg";
import { endedBy, type FieldPlan, fits, shortHash } from "./columns.ts";
import type { Mirror } from "./mirror.ts";
import { dealStages } from "./queries/deals.ts";
import { inWords, type WordSources } from "./words.ts";

const quote = pg.escapeIdentifier;
const literal = pg.escapeLiteral;

/** A view whose columns are called as the portal's people call them, and whose codes are words. */
export interface ReadableView {
  /** Quoted `schema.view`. */
  readonly name: string;
  readonly createSql: string;
  /** The same view, the same fingerprint; kept as the view's comment. */
  readonly fingerprint: string;
  /** Labels as comments of the table's own columns. */
  readonly commentSql: string;
}

/**
 * `crm.v_deals` over `crm.deals`: labels for names, names for stages, statuses, funnels, people and list values, without
 * what is gone. For people and programs that read the database by themselves; b24kit does not read it.
 */
export function describeReadableView(mirror: Mirror): ReadableView {
  const { schema, descriptor, plans, table } = mirror;
  const taken = new Set<string>();
  const funnel = plans.find(({ field }) => field.type === "crm_category")?.columns[0].name;
  const funnelColumn = descriptor.entity === "deal" ? funnel : undefined;
  const sources = wordsOf(quote(schema), funnelColumn);
  const columns = plans.flatMap((plan) => {
    const label = readableName(plan.field.label, plan.field.name, taken);
    const words = `${shown(plan, sources)} AS ${quote(label)}`;
    const currency = plan.codec === "money" ? plan.columns[1] : undefined;
    if (currency === undefined) return [words];
    return [
      words,
      `t.${quote(currency.name)} AS ${quote(readableName(`${label} (ISO 4217)`, currency.name, taken))}`,
    ];
  });
  const name = `${quote(schema)}.${quote(`v_${descriptor.table}`)}`;
  const createSql = `CREATE VIEW ${name} AS SELECT ${columns.join(",\n  ")}\nFROM ${table} t WHERE t._deleted_at IS NULL`;
  const comment = ({ field, columns: [{ name: column }] }: FieldPlan) =>
    `COMMENT ON COLUMN ${table}.${quote(column)} IS ${literal(field.label)}`;
  return {
    name,
    createSql,
    fingerprint: createHash("sha256").update(createSql).digest("hex").slice(0, 32),
    commentSql: plans.map(comment).join(";\n"),
  };
}

/** Within 63 bytes, never twice; what is cut or repeated ends in the field's own name. */
export function readableName(label: string, fieldName: string, taken: Set<string>): string {
  const clean = label.replaceAll(/[\s\p{Cc}]+/gu, " ").trim() || fieldName;
  const ending = fits(` (${fieldName})`) ? ` (${fieldName})` : ` (${shortHash(fieldName)})`;
  const name = fits(clean) && !taken.has(clean) ? clean : endedBy(clean, ending);
  taken.add(name);
  return name;
}

/** The dictionaries beside the table; the stages of a deal are those of its funnel. */
function wordsOf(schema: string, funnelColumn: string | undefined): WordSources {
  return {
    text: literal,
    from: (table, alias) => `${schema}.${table} ${alias}`,
    isOf(dictionary) {
      const byFunnel = dictionary === "DEAL_STAGE" && funnelColumn !== undefined;
      return `word.entity_id = ${byFunnel ? dealStages(`t.${quote(funnelColumn)}`) : literal(dictionary)}`;
    },
    funnels: funnelColumn !== undefined,
  };
}

function shown(plan: FieldPlan, sources: WordSources): string {
  const value = `t.${quote(plan.columns[0].name)}`;
  if (plan.codec === "multifield")
    return `(SELECT string_agg(v ->> 'VALUE', ', ') FROM jsonb_array_elements(${value}) v)`;
  return inWords({ ...plan.field, multiple: plan.array }, value, sources);
}
