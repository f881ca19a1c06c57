-- Up Migration

-- What happened to the fields of the portals, from the first run on.
CREATE TABLE b24kit.sync_schema_changes (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  portal_id integer NOT NULL REFERENCES b24kit.portal_portals ON DELETE CASCADE,
  entity text NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  field text NOT NULL,
  change text NOT NULL CHECK (change IN ('added', 'removed', 'replaced', 'retyped', 'relabelled', 'choices')),
  before text,
  after text
);
CREATE INDEX sync_schema_changes_latest ON b24kit.sync_schema_changes (portal_id, id DESC);

-- Down Migration

DROP TABLE b24kit.sync_schema_changes;
