-- Up Migration

CREATE TABLE b24kit.sync_runs (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  portal_id integer NOT NULL REFERENCES b24kit.portal_portals ON DELETE CASCADE,
  entity text NOT NULL,
  type text NOT NULL CHECK (type IN ('full', 'incremental')),
  cause text NOT NULL CHECK (cause IN ('person', 'schedule')),
  state text NOT NULL CHECK (state IN ('queued', 'running', 'waiting', 'completed', 'failed', 'cancelled')),
  created_at timestamptz NOT NULL DEFAULT now(),
  started_at timestamptz,
  finished_at timestamptz,
  -- On the portal's clock: what the run covers. Null until the portal was asked.
  window_from timestamptz,
  window_to timestamptz,
  -- What to add to our clock to get the portal's.
  portal_skew_ms bigint NOT NULL DEFAULT 0,
  -- Minutes that the portal's own time is ahead of UTC: where its months begin.
  portal_offset_minutes integer NOT NULL DEFAULT 0,
  rows_expected bigint,
  rate double precision,
  resumed integer NOT NULL DEFAULT 0,
  waiting_until timestamptz,
  -- Of planning; those of reading are counted by partition.
  requests integer NOT NULL DEFAULT 0,
  retries integer NOT NULL DEFAULT 0,
  error_code text,
  error_detail text
);
CREATE UNIQUE INDEX sync_runs_active ON b24kit.sync_runs (portal_id, entity) WHERE state IN ('queued', 'running', 'waiting');
CREATE INDEX sync_runs_latest ON b24kit.sync_runs (portal_id, entity, id DESC);

-- A closed range of ids (lo exclusive, hi inclusive) that one reader walks; the cursor moves with the rows it covers.
CREATE TABLE b24kit.sync_partitions (
  run_id integer NOT NULL REFERENCES b24kit.sync_runs ON DELETE CASCADE,
  no integer NOT NULL,
  kind text NOT NULL CHECK (kind IN ('range', 'modified', 'new')),
  lo bigint NOT NULL,
  hi bigint,
  cursor bigint NOT NULL,
  done boolean NOT NULL DEFAULT false,
  rows_read bigint NOT NULL DEFAULT 0,
  rows_written bigint NOT NULL DEFAULT 0,
  rows_added bigint NOT NULL DEFAULT 0,
  misfits bigint NOT NULL DEFAULT 0,
  requests integer NOT NULL DEFAULT 0,
  retries integer NOT NULL DEFAULT 0,
  server_seconds double precision NOT NULL DEFAULT 0,
  PRIMARY KEY (run_id, no)
);

-- Rows of the mirror that a run did not find in the portal. Judged together at the run's end.
CREATE TABLE b24kit.sync_missing (
  run_id integer NOT NULL REFERENCES b24kit.sync_runs ON DELETE CASCADE,
  id bigint NOT NULL,
  read_at timestamptz NOT NULL,
  PRIMARY KEY (run_id, id)
);

CREATE TABLE b24kit.sync_state (
  portal_id integer NOT NULL REFERENCES b24kit.portal_portals ON DELETE CASCADE,
  entity text NOT NULL,
  -- On the portal's clock: everything that changed before is in the mirror.
  watermark timestamptz,
  rows bigint NOT NULL DEFAULT 0,
  enabled boolean NOT NULL DEFAULT true,
  interval_minutes integer CHECK (interval_minutes > 0),
  last_full_at timestamptz,
  last_completed_at timestamptz,
  next_run_at timestamptz,
  PRIMARY KEY (portal_id, entity)
);

-- The portal's own description of its fields, and where each one went.
CREATE TABLE b24kit.sync_fields (
  portal_id integer NOT NULL REFERENCES b24kit.portal_portals ON DELETE CASCADE,
  entity text NOT NULL,
  name text NOT NULL,
  position integer NOT NULL,
  type text NOT NULL,
  multiple boolean NOT NULL,
  custom boolean NOT NULL,
  label text NOT NULL,
  status_type text,
  items jsonb NOT NULL,
  columns text[] NOT NULL,
  column_types text[] NOT NULL,
  removed_at timestamptz,
  PRIMARY KEY (portal_id, entity, name)
);

-- Values that did not fit their column: the row is mirrored, the cell waits here as it came.
CREATE TABLE b24kit.sync_quarantine (
  portal_id integer NOT NULL REFERENCES b24kit.portal_portals ON DELETE CASCADE,
  entity text NOT NULL,
  entity_id bigint NOT NULL,
  field text NOT NULL,
  raw text NOT NULL,
  reason text NOT NULL,
  run_id integer,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (portal_id, entity, entity_id, field)
);

CREATE TABLE b24kit.sync_logs (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  portal_id integer NOT NULL REFERENCES b24kit.portal_portals ON DELETE CASCADE,
  run_id integer REFERENCES b24kit.sync_runs ON DELETE CASCADE,
  entity text NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  level text NOT NULL CHECK (level IN ('info', 'warning', 'error')),
  code text NOT NULL,
  details jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX sync_logs_latest ON b24kit.sync_logs (portal_id, id DESC);
CREATE INDEX sync_logs_run ON b24kit.sync_logs (run_id);

-- Down Migration

DROP TABLE b24kit.sync_logs, b24kit.sync_quarantine, b24kit.sync_fields, b24kit.sync_state, b24kit.sync_missing,
  b24kit.sync_partitions, b24kit.sync_runs;
