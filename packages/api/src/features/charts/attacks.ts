/** Something that a chart login must not be able to do. */
export interface Attack {
  readonly name: string;
  readonly statements: readonly string[];
  /** The last statement is a question, with the chart schema as $1: it works where it finds something. */
  readonly asks?: true;
  readonly remedy: string;
}

const writable = "SET TRANSACTION READ WRITE";

export const ATTACKS: readonly Attack[] = [
  {
    name: "write into a view",
    statements: [writable, "UPDATE deals SET title = title WHERE false"],
    remedy: "revoke INSERT, UPDATE and DELETE on the chart views from the login",
  },
  {
    name: "make a temporary table",
    statements: [writable, "CREATE TEMPORARY TABLE b24kit_probe (i integer)"],
    remedy: "REVOKE TEMPORARY ON DATABASE … FROM PUBLIC",
  },
  {
    name: "make a table",
    statements: [writable, "CREATE TABLE public.b24kit_probe (i integer)"],
    remedy: "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
  },
  {
    name: "make a schema",
    statements: [writable, "CREATE SCHEMA b24kit_probe"],
    remedy: "REVOKE CREATE ON DATABASE … FROM the login",
  },
  {
    name: "read the system's tables",
    statements: ["SELECT FROM b24kit.portal_portals LIMIT 1"],
    remedy: "REVOKE USAGE ON SCHEMA b24kit FROM the login",
  },
  {
    name: "read passwords",
    statements: ["SELECT FROM pg_catalog.pg_authid LIMIT 1"],
    remedy: "use a login that is no superuser",
  },
  {
    name: "read a file of the server",
    statements: ["SELECT pg_catalog.pg_read_file('PG_VERSION')"],
    remedy: "revoke pg_read_server_files from the login",
  },
  {
    name: "run a program on the server",
    statements: [writable, "COPY (SELECT 1) TO PROGRAM 'true'"],
    remedy: "revoke pg_execute_server_program from the login",
  },
  {
    name: "be a superuser or make roles",
    statements: [writable, "CREATE ROLE b24kit_probe"],
    remedy: "ALTER ROLE … NOSUPERUSER NOCREATEROLE",
  },
  {
    name: "become another role",
    statements: [
      "SELECT FROM pg_catalog.pg_roles r WHERE r.rolname <> session_user AND pg_has_role(session_user, r.oid, 'MEMBER') AND $1::text IS NOT NULL",
    ],
    asks: true,
    remedy: "revoke all roles that were granted to the login",
  },
  {
    name: "read or write other tables",
    statements: [
      `SELECT FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
       WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname <> $1 AND n.nspname !~ '^(pg_|information_schema)'
         AND has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT, INSERT, UPDATE, DELETE')`,
    ],
    asks: true,
    remedy: "revoke every right on schemas other than the chart views' from PUBLIC and from the login",
  },
  {
    name: "call a function that works as its owner",
    statements: [
      `SELECT FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
       WHERE p.prosecdef AND n.nspname !~ '^(pg_|information_schema)' AND $1::text IS NOT NULL
         AND has_schema_privilege(n.oid, 'USAGE') AND has_function_privilege(p.oid, 'EXECUTE')`,
    ],
    asks: true,
    remedy: "REVOKE EXECUTE on SECURITY DEFINER functions FROM PUBLIC",
  },
  {
    name: "send several statements at once",
    // As the product sends them: prepared, by the extended protocol.
    statements: ["SELECT 1 AS one WHERE $1::text IS NOT NULL; SELECT 2 AS two"],
    asks: true,
    remedy: "send generated SQL by the extended protocol only",
  },
];
