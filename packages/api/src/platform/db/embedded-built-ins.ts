/**
 * Built-in functions that reach beyond the rows of a query: they run text as SQL, change the session, wait, signal,
 * lock, write, look around, or make values as large as one likes. `\\` in a pattern stands for LIKE's own.
 */
const REACHING = [
  // Text run as SQL.
  "query_to_xml%",
  "table_to_xml%",
  "cursor_to_xml%",
  "schema_to_xml%",
  "database_to_xml%",
  "ts\\_stat",
  "ts\\_rewrite",
  // The session and its settings.
  "set\\_config",
  "current\\_setting",
  "pg\\_show\\_all\\_settings",
  "pg\\_my\\_temp\\_schema",
  // Waiting, signals, locks, notices.
  "pg\\_sleep%",
  "pg\\_cancel\\_backend",
  "pg\\_terminate\\_backend",
  "%advisory%lock%",
  "pg\\_notify",
  "pg\\_listening\\_channels",
  // Writing.
  "lo\\_%",
  "loread",
  "lowrite",
  "pg\\_logical\\_emit\\_message",
  "txid\\_current",
  "pg\\_current\\_xact\\_id",
  "pg\\_export\\_snapshot",
  "pg\\_stat\\_%",
  // Looking around.
  "pg\\_get\\_%def",
  "pg\\_get\\_expr",
  "pg\\_database\\_size",
  "pg\\_relation\\_size",
  "pg\\_total\\_relation\\_size",
  "pg\\_lock\\_status",
  "pg\\_prepared\\_statement",
  "pg\\_cursor",
  "inet\\_server%",
  "inet\\_client%",
  // Values of any size.
  "repeat",
  "lpad",
  "rpad",
  "array\\_fill",
  "array\\_agg",
  "string\\_agg",
  "json\\_agg%",
  "jsonb\\_agg%",
  "json\\_object\\_agg%",
  "jsonb\\_object\\_agg%",
  "xmlagg",
  "replace",
  "regexp\\_replace",
  "overlay",
  "format",
];

/**
 * SQL for the superuser that keeps those functions, and the catalogue, for the program's own role: whoever else logs
 * in to this database has no use for them. Repeated at each start, it changes nothing.
 */
export function closeBuiltIns(owner: string): string {
  const patterns = REACHING.map((pattern) => `'${pattern}'`).join(", ");
  return `DO $$
DECLARE
  item text;
BEGIN
  FOR item IN
    SELECT p.oid::regprocedure FROM pg_proc p
    WHERE p.pronamespace = 'pg_catalog'::regnamespace AND p.proname LIKE ANY (ARRAY[${patterns}])
      AND has_function_privilege('public', p.oid, 'EXECUTE')
  LOOP
    EXECUTE format('GRANT EXECUTE ON ROUTINE %s TO ${owner}', item);
    EXECUTE format('REVOKE EXECUTE ON ROUTINE %s FROM PUBLIC', item);
  END LOOP;
  FOR item IN
    SELECT c.oid::regclass FROM pg_class c
    WHERE c.relnamespace IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
      AND c.relkind IN ('r', 'v') AND has_table_privilege('public', c.oid, 'SELECT')
  LOOP
    EXECUTE format('GRANT SELECT ON %s TO ${owner}', item);
    EXECUTE format('REVOKE SELECT ON %s FROM PUBLIC', item);
  END LOOP;
END $$;
GRANT SET ON PARAMETER temp_file_limit TO ${owner}`;
}
