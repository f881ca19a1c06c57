import type pg from "pg";
import { DICTIONARIES } from "./dictionaries.ts";

/** The tables of a mirror that belong to no single entity. `schema` is quoted. */
export async function createDictionaryTables(tx: pg.PoolClient, schema: string): Promise<void> {
  for (const { name, columns, key } of DICTIONARIES) {
    const lines = Object.entries(columns).map(([column, type]) => `${column} ${type}`);
    await tx.query(
      `CREATE TABLE IF NOT EXISTS ${schema}.${name} (${lines.join(", ")}, _deleted_at timestamptz, PRIMARY KEY (${key.join(", ")}))`,
    );
  }
  await tx.query(`
    CREATE TABLE IF NOT EXISTS ${schema}.multifields (
      entity text NOT NULL,
      entity_id bigint NOT NULL,
      id bigint NOT NULL,
      type text NOT NULL,
      value_type text NOT NULL,
      value text NOT NULL,
      value_norm text NOT NULL,
      PRIMARY KEY (entity, entity_id, id)
    );
    CREATE INDEX IF NOT EXISTS multifields_by_value ON ${schema}.multifields (type, value_norm);
  `);
}
