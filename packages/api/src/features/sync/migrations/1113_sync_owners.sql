-- Up Migration

-- Of records that are read owner by owner, progress is told by the owners: how many rows they have shows at the end only.
ALTER TABLE b24kit.sync_runs ADD COLUMN owners_expected bigint;
ALTER TABLE b24kit.sync_partitions ADD COLUMN owners_read bigint NOT NULL DEFAULT 0;

-- Down Migration

ALTER TABLE b24kit.sync_partitions DROP COLUMN owners_read;
ALTER TABLE b24kit.sync_runs DROP COLUMN owners_expected;
