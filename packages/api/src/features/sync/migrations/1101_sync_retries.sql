-- Up Migration

-- Repetitions are counted on the run, at once: a partition learned of them only with its next rows.
ALTER TABLE b24kit.sync_partitions DROP COLUMN retries;

-- Down Migration

ALTER TABLE b24kit.sync_partitions ADD COLUMN retries integer NOT NULL DEFAULT 0;
