-- Up Migration

-- Records of which the portal said that something happened, until they were read again: one row, however often it said so.
CREATE TABLE b24kit.sync_touched (
  portal_id integer NOT NULL REFERENCES b24kit.portal_portals ON DELETE CASCADE,
  entity text NOT NULL,
  entity_id bigint NOT NULL,
  -- The last event about it: one that comes while the record is read keeps the row.
  seq bigint NOT NULL,
  tries integer NOT NULL DEFAULT 0,
  due_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (portal_id, entity, entity_id)
);
CREATE INDEX sync_touched_due ON b24kit.sync_touched (due_at);

-- Up to here runs have read every id. Events bring single records from above it, and leave what lies between to the runs.
ALTER TABLE b24kit.sync_state ADD COLUMN swept_id bigint;
ALTER TABLE b24kit.sync_state ADD COLUMN last_event_at timestamptz;

-- Down Migration

ALTER TABLE b24kit.sync_state DROP COLUMN last_event_at, DROP COLUMN swept_id;
DROP TABLE b24kit.sync_touched;
