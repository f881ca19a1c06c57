import { createHash } from "node:crypto";
import pg from "pg";
import type { FieldPlan } from "./columns.ts";
import type { EntityDescriptor } from "./entities.ts";

/** Where and how one entity of one portal is mirrored, with the SQL that its shape needs, made once. */
export interface Mirror {
  readonly descriptor: EntityDescriptor;
  readonly schema: string;
  readonly plans: readonly FieldPlan[];
  /** Names of fields without a column, whose values are for the quarantine. */
  readonly apart: readonly string[];
  /** Quoted `schema.table`. */
  readonly table: string;
  readonly stage: string;
  readonly createStageSql: string;
  readonly copySql: string;
  readonly upsertSql: string;
  readonly missingSql: string;
  readonly hasChildren: boolean;
}

const quote = pg.escapeIdentifier;

/**
 * Columns of the mirror itself: the content's hash; when (on the portal's clock) the portal said so; when we wrote it;
 * when and how we learned that the record is gone.
 */
export const OWN_COLUMNS = `_hash uuid NOT NULL,
  _read_at timestamptz NOT NULL,
  _synced_at timestamptz NOT NULL DEFAULT now(),
  _deleted_at timestamptz,
  _deleted_by text`;

export function describeMirror(
  schema: string,
  descriptor: EntityDescriptor,
  plans: readonly FieldPlan[],
  apart: readonly string[] = [],
): Mirror {
  const columns = plans.flatMap((plan) => plan.columns);
  const names = columns.map(({ name }) => quote(name));
  const table = `${quote(schema)}.${quote(descriptor.table)}`;
  const shape = createHash("sha256")
    .update(JSON.stringify([schema, columns]))
    .digest("hex")
    .slice(0, 12);
  const stage = quote(`b24_stage_${descriptor.table}_${shape}`);
  const modified = plans.find((plan) => plan.field.name === descriptor.changed?.field)?.columns[0].name;
  return {
    descriptor,
    schema,
    plans,
    apart,
    table,
    stage,
    createStageSql: `CREATE TEMP TABLE IF NOT EXISTS ${stage} (${columns.map(({ name, type }) => `${quote(name)} ${type}`).join(", ")}, _hash uuid) ON COMMIT DELETE ROWS`,
    copySql: `COPY ${stage} (${names.join(", ")}, _hash) FROM STDIN`,
    upsertSql: upsert(table, stage, names, modified === undefined ? null : quote(modified)),
    missingSql: missing(table, stage, descriptor.owner, schema),
    hasChildren: plans.some((plan) => plan.codec === "multifield"),
  };
}

/**
 * Whether an arriving row (s) may replace the one that is there (t): the same content never does; an older state
 * never does. "Older" is told by the record's own time of change, then by the portal's clock at reading; a reading
 * that is surely later (no request lasts two minutes) wins over a time of change that was set back.
 */
function replaces(t: string, s: string, modified: string | null): string {
  const later = `$1::timestamptz > ${t}._read_at + interval '2 minutes'`;
  const sameAge = `$1::timestamptz >= ${t}._read_at`;
  const newer =
    modified === null ? "false" : `(${t}._deleted_at IS NULL AND ${s}.${modified} > ${t}.${modified})`;
  const tie =
    modified === null
      ? sameAge
      : `(${s}.${modified} >= ${t}.${modified} OR ${s}.${modified} IS NULL OR ${t}.${modified} IS NULL) AND ${sameAge}`;
  return `(${t}._hash <> ${s}._hash OR ${t}._deleted_at IS NOT NULL) AND (${later} OR ${newer} OR (${tie}))`;
}

/**
 * $1 when the rows were read, $2 and $3 their lowest and highest id. Answers how many rows were added (new, or back
 * from the dead) and the ids of all that changed. Unchanged rows are left out before the insert, so they are neither
 * locked nor logged.
 */
function upsert(table: string, stage: string, names: readonly string[], modified: string | null): string {
  const sets = names.slice(1).map((name) => `${name} = excluded.${name}`);
  const all = `${names.join(", ")}, _hash, _read_at`;
  return `WITH arriving AS (
    SELECT s.*, t.id IS NULL OR t._deleted_at IS NOT NULL AS _added
    FROM ${stage} s LEFT JOIN ${table} t ON t.id = s.id AND t.id BETWEEN $2::bigint AND $3::bigint
    WHERE t.id IS NULL OR (${replaces("t", "s", modified)})
  ), written AS (
    INSERT INTO ${table} AS t (${all})
    SELECT ${names.map((name) => `a.${name}`).join(", ")}, a._hash, $1::timestamptz FROM arriving a ORDER BY a.id
    ON CONFLICT (id) DO UPDATE SET ${[...sets, "_hash = excluded._hash", "_read_at = excluded._read_at", "_synced_at = now()", "_deleted_at = NULL", "_deleted_by = NULL"].join(", ")}
    WHERE ${replaces("t", "excluded", modified)}
    RETURNING t.id
  )
  SELECT coalesce(array_agg(w.id::text), '{}') AS ids, (count(*) FILTER (WHERE a._added))::int AS added
  FROM written w JOIN arriving a USING (id)`;
}

/**
 * $1 the run, $2 (exclusive) and $3 the range that the rows cover, $4 when they were read. Where records are read owner
 * by owner, the range is one of owners: $5 are those that were read, and those that are no more have none.
 */
function missing(table: string, stage: string, owner: EntityDescriptor["owner"], schema: string): string {
  if (owner?.type) {
    const column = `t.${quote(owner.column)}`;
    return `INSERT INTO b24kit.sync_missing (run_id, id, read_at)
    SELECT $1, t.id, $4::timestamptz FROM ${table} t
    WHERE ${column} > $2::bigint AND ${column} <= $3::bigint AND t._deleted_at IS NULL AND t._read_at <= $4::timestamptz
      AND (${column} = ANY($5::bigint[])
        OR NOT EXISTS (SELECT FROM ${quote(schema)}.${quote(owner.table)} o WHERE o.id = ${column} AND o._deleted_at IS NULL))
      AND NOT EXISTS (SELECT FROM ${stage} s WHERE s.id = t.id)
    ON CONFLICT DO NOTHING`;
  }
  return `INSERT INTO b24kit.sync_missing (run_id, id, read_at)
    SELECT $1, t.id, $4::timestamptz FROM ${table} t
    WHERE t.id > $2::bigint AND t.id <= $3::bigint AND t._deleted_at IS NULL AND t._read_at <= $4::timestamptz
      AND NOT EXISTS (SELECT FROM ${stage} s WHERE s.id = t.id)
    ON CONFLICT DO NOTHING`;
}
