import type pg from "pg";

/** The tables of a mirror that belong to no single entity. `schema` is quoted. */
export async function createDictionaryTables(tx: pg.PoolClient, schema: string): Promise<void> {
  await tx.query(`
    CREATE TABLE IF NOT EXISTS ${schema}.statuses (
      entity_id text NOT NULL,
      status_id text NOT NULL,
      id bigint,
      name text NOT NULL,
      sort integer,
      color text,
      semantics text,
      category_id bigint,
      _deleted_at timestamptz,
      PRIMARY KEY (entity_id, status_id)
    );
    CREATE TABLE IF NOT EXISTS ${schema}.categories (
      entity_type_id integer NOT NULL,
      id bigint NOT NULL,
      name text NOT NULL,
      sort integer,
      is_default boolean NOT NULL,
      _deleted_at timestamptz,
      PRIMARY KEY (entity_type_id, id)
    );
    CREATE TABLE IF NOT EXISTS ${schema}.currencies (
      id text PRIMARY KEY,
      name text,
      amount numeric,
      amount_count numeric,
      is_base boolean,
      sort integer,
      _deleted_at timestamptz
    );
    CREATE TABLE IF NOT EXISTS ${schema}.users (
      id bigint PRIMARY KEY,
      full_name text NOT NULL,
      name text,
      last_name text,
      second_name text,
      email text,
      work_position text,
      active boolean,
      department_ids bigint[],
      _deleted_at timestamptz
    );
    CREATE TABLE IF NOT EXISTS ${schema}.departments (
      id bigint PRIMARY KEY,
      name text NOT NULL,
      parent_id bigint,
      head_id bigint,
      sort integer,
      _deleted_at timestamptz
    );
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
