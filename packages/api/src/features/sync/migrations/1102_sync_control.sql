-- Up Migration

-- A person may pause a run; a third kind of run compares both sides.
ALTER TABLE b24kit.sync_runs DROP CONSTRAINT sync_runs_state_check;
ALTER TABLE b24kit.sync_runs ADD CONSTRAINT sync_runs_state_check
  CHECK (state IN ('queued', 'running', 'waiting', 'paused', 'completed', 'failed', 'cancelled'));
ALTER TABLE b24kit.sync_runs DROP CONSTRAINT sync_runs_type_check;
ALTER TABLE b24kit.sync_runs ADD CONSTRAINT sync_runs_type_check CHECK (type IN ('full', 'incremental', 'reconcile'));
DROP INDEX b24kit.sync_runs_active;
CREATE UNIQUE INDEX sync_runs_active ON b24kit.sync_runs (portal_id, entity)
  WHERE state IN ('queued', 'running', 'waiting', 'paused');

-- Of requests that belong to no partition; those of reading are counted by partition.
ALTER TABLE b24kit.sync_runs ADD COLUMN server_seconds double precision NOT NULL DEFAULT 0;

ALTER TABLE b24kit.sync_state ADD COLUMN webhook_enabled boolean NOT NULL DEFAULT true;
-- When both sides are compared next, and what the last comparison found.
ALTER TABLE b24kit.sync_state ADD COLUMN next_reconcile_at timestamptz;
ALTER TABLE b24kit.sync_state ADD COLUMN reconciled_at timestamptz;
ALTER TABLE b24kit.sync_state ADD COLUMN reconcile_source bigint;
ALTER TABLE b24kit.sync_state ADD COLUMN reconcile_mirror bigint;
ALTER TABLE b24kit.sync_state ADD COLUMN reconcile_deleted bigint;
ALTER TABLE b24kit.sync_state ADD COLUMN reconcile_withheld bigint;

-- Columns came that only reading everything can fill: true until a run has done so to its end.
ALTER TABLE b24kit.sync_state ADD COLUMN reload boolean NOT NULL DEFAULT false;

-- The portal's number of a user field: one that is made anew under an old name has another.
ALTER TABLE b24kit.sync_fields ADD COLUMN field_id text;

-- Down Migration

ALTER TABLE b24kit.sync_fields DROP COLUMN field_id;
ALTER TABLE b24kit.sync_state DROP COLUMN reload;

ALTER TABLE b24kit.sync_state DROP COLUMN webhook_enabled, DROP COLUMN next_reconcile_at, DROP COLUMN reconciled_at,
  DROP COLUMN reconcile_source, DROP COLUMN reconcile_mirror, DROP COLUMN reconcile_deleted, DROP COLUMN reconcile_withheld;
ALTER TABLE b24kit.sync_runs DROP COLUMN server_seconds;
DELETE FROM b24kit.sync_runs WHERE state = 'paused' OR type = 'reconcile';
DROP INDEX b24kit.sync_runs_active;
CREATE UNIQUE INDEX sync_runs_active ON b24kit.sync_runs (portal_id, entity) WHERE state IN ('queued', 'running', 'waiting');
ALTER TABLE b24kit.sync_runs DROP CONSTRAINT sync_runs_type_check;
ALTER TABLE b24kit.sync_runs ADD CONSTRAINT sync_runs_type_check CHECK (type IN ('full', 'incremental'));
ALTER TABLE b24kit.sync_runs DROP CONSTRAINT sync_runs_state_check;
ALTER TABLE b24kit.sync_runs ADD CONSTRAINT sync_runs_state_check
  CHECK (state IN ('queued', 'running', 'waiting', 'completed', 'failed', 'cancelled'));
