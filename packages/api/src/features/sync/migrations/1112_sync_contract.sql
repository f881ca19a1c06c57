-- Up Migration

-- What happens when the portal's fields are no longer those that the table has. See schema-contract.ts.
ALTER TABLE b24kit.sync_state ADD COLUMN contract text NOT NULL DEFAULT 'evolve'
  CHECK (contract IN ('evolve', 'quarantine', 'freeze'));

-- Down Migration

ALTER TABLE b24kit.sync_state DROP COLUMN contract;
