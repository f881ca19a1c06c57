-- Up Migration

-- Grows with every transaction that changes what a portal's mirror shows; it commits with the change.
CREATE TABLE b24kit.sync_versions (
  portal_id integer PRIMARY KEY REFERENCES b24kit.portal_portals ON DELETE CASCADE,
  version bigint NOT NULL
);

-- Down Migration

DROP TABLE b24kit.sync_versions;
