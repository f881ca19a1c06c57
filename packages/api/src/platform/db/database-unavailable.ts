/** The database cannot be used; the message says why and what helps, and holds no password. */
export class DatabaseUnavailable extends Error {
  readonly code = "database_unavailable";
  override readonly name = "DatabaseUnavailable";
}
