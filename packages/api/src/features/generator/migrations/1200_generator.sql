-- Up Migration

CREATE TABLE b24kit.generator_runs (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  portal_id integer NOT NULL REFERENCES b24kit.portal_portals ON DELETE CASCADE,
  -- Kind of credential and subject: whose run it is.
  person text NOT NULL,
  -- The tab that owns the run; `attended` once its connection was seen: only then can it be missed.
  session text NOT NULL,
  attended boolean NOT NULL DEFAULT false,
  state text NOT NULL CHECK (state IN
    ('queued', 'running', 'held', 'stopping', 'completed', 'stopped', 'failed', 'undoing', 'undone')),
  plan jsonb NOT NULL,
  -- The day that dates are counted from, and what the portal offers to choose from. Null until it was asked.
  day date NOT NULL DEFAULT current_date,
  catalogue jsonb,
  created_at timestamptz NOT NULL DEFAULT now(),
  started_at timestamptz,
  finished_at timestamptz,
  held_at timestamptz,
  waiting_until timestamptz,
  rate double precision,
  requests integer NOT NULL DEFAULT 0,
  resumed integer NOT NULL DEFAULT 0,
  reason text CHECK (reason IN ('request', 'disconnected', 'error')),
  error_code text,
  error_detail text,
  undo_force boolean
);
CREATE UNIQUE INDEX generator_runs_active ON b24kit.generator_runs (portal_id, person)
  WHERE state IN ('queued', 'running', 'held', 'stopping', 'undoing');
CREATE INDEX generator_runs_latest ON b24kit.generator_runs (portal_id, person, created_at DESC);
CREATE INDEX generator_runs_session ON b24kit.generator_runs (session);

-- The ledger: a row before each write, the portal's id after it.
CREATE TABLE b24kit.generator_records (
  run_id uuid NOT NULL REFERENCES b24kit.generator_runs ON DELETE CASCADE,
  entity text NOT NULL CHECK (entity IN ('company', 'contact', 'lead', 'deal')),
  no integer NOT NULL,
  state text NOT NULL CHECK (state IN ('intended', 'created', 'failed', 'deleting', 'deleted', 'kept', 'missing')),
  record_id bigint,
  title text NOT NULL,
  -- What people see of the record in the results.
  shown jsonb NOT NULL,
  -- Numbers of its companies in this run, the primary one first, and whether they could be linked.
  companies integer[] NOT NULL DEFAULT '{}',
  linked boolean NOT NULL DEFAULT false,
  -- Of the record as the portal showed it after it was made.
  fingerprint text,
  error_code text,
  error_field text,
  error_detail text,
  PRIMARY KEY (run_id, entity, no)
);

CREATE TABLE b24kit.generator_logs (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  run_id uuid NOT NULL REFERENCES b24kit.generator_runs ON DELETE CASCADE,
  at timestamptz NOT NULL DEFAULT now(),
  level text NOT NULL CHECK (level IN ('info', 'warning', 'error')),
  code text NOT NULL,
  details jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX generator_logs_run ON b24kit.generator_logs (run_id, id);

-- Tabs that are connected, to whichever process; a row that no process keeps alive is nobody's.
CREATE TABLE b24kit.generator_sessions (
  connection uuid PRIMARY KEY,
  portal_id integer NOT NULL REFERENCES b24kit.portal_portals ON DELETE CASCADE,
  person text NOT NULL,
  session text NOT NULL,
  connected_at timestamptz NOT NULL DEFAULT now(),
  seen_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX generator_sessions_session ON b24kit.generator_sessions (session);

-- Down Migration

DROP TABLE b24kit.generator_sessions, b24kit.generator_logs, b24kit.generator_records, b24kit.generator_runs;
