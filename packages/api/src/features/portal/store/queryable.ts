import type pg from "pg";

/** The pool, or the client of a transaction. */
export type Queryable = Pick<pg.Pool | pg.PoolClient, "query">;
