/** Object numbers below this one are PostgreSQL's own. */
const FIRST_OF_USERS = 16_384;

/**
 * SQL that gives all that the current user owns in this database to the role `b24kit`. REASSIGN OWNED will not do: it
 * refuses for a cluster's first superuser. Indexes and the sequences of columns go with their tables; what an
 * extension brought stays.
 */
export const HAND_OVER_OBJECTS = `DO $$
DECLARE
  object text;
BEGIN
  FOR object IN
    SELECT o.name FROM (
      SELECT 'pg_namespace'::regclass AS class, oid, nspowner AS owner, format('SCHEMA %I', nspname) AS name
        FROM pg_namespace WHERE nspname !~ '^pg_'
      UNION ALL
      SELECT 'pg_class'::regclass, oid, relowner, format('%s %s', CASE relkind
          WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE'
          WHEN 'f' THEN 'FOREIGN TABLE' ELSE 'TABLE' END, oid::regclass)
        FROM pg_class c WHERE relkind IN ('r', 'p', 'v', 'm', 'f') OR relkind = 'S' AND NOT EXISTS (
          SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = c.oid AND deptype IN ('a', 'i'))
      UNION ALL
      SELECT 'pg_proc'::regclass, oid, proowner, format('ROUTINE %s', oid::regprocedure) FROM pg_proc
      UNION ALL
      SELECT 'pg_type'::regclass, oid, typowner, format('TYPE %s', oid::regtype) FROM pg_type t
        WHERE typtype IN ('d', 'e', 'r')
          OR typtype = 'c' AND EXISTS (SELECT FROM pg_class WHERE oid = t.typrelid AND relkind = 'c')
      UNION ALL
      SELECT 'pg_collation'::regclass, oid, collowner, format('COLLATION %s', oid::regcollation) FROM pg_collation
    ) o
    WHERE o.owner = current_user::regrole AND o.oid >= ${FIRST_OF_USERS} AND NOT EXISTS (
      SELECT FROM pg_depend WHERE classid = o.class AND objid = o.oid AND deptype = 'e')
  LOOP
    EXECUTE format('ALTER %s OWNER TO b24kit', object);
  END LOOP;
END $$`;
