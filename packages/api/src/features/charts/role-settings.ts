/**
 * What every session of a chart role starts with. A session may change most of it, so nothing rests on these alone:
 * the statements' own limits are set again in each transaction, and rights are what keeps a session from writing.
 */
export const ROLE_SETTINGS: Readonly<Record<string, string>> = {
  default_transaction_read_only: "on",
  statement_timeout: "5s",
  lock_timeout: "500ms",
  idle_in_transaction_session_timeout: "10s",
  work_mem: "16MB",
  hash_mem_multiplier: "1",
  // One backend does the work of a question, so that memory and processors are bounded by the connections.
  max_parallel_workers_per_gather: "0",
  jit: "off",
};

/** Settings that only some servers have or that only some owners may give; each is tried, and may be missing. */
export const OPTIONAL_ROLE_SETTINGS: Readonly<Record<string, string>> = {
  temp_file_limit: "256MB",
  transaction_timeout: "15s",
};

/** Connections of one role, over all processes, and of one process. */
export const CONNECTION_LIMIT = 12;
export const POOL_SIZE = 3;
