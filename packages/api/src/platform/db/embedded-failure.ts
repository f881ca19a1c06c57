import { DatabaseUnavailable } from "./database-unavailable.ts";

export const REMEDY = "Set DATABASE_URL to a PostgreSQL server instead";

/** The embedded server cannot be used here; the message says why and what helps. */
export class EmbeddedFailure extends DatabaseUnavailable {}
