-- Up Migration

-- What the model said of a table of the chart views. `key` is the hash of all that was shown to it: another description
-- of the table is another question.
CREATE TABLE b24kit.charts_schema_notes (
  portal_id integer NOT NULL REFERENCES b24kit.portal_portals ON DELETE CASCADE,
  table_name text NOT NULL,
  locale text NOT NULL CHECK (locale IN ('ru', 'en')),
  key text NOT NULL,
  notes jsonb NOT NULL,
  made_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (portal_id, table_name, locale)
);

-- Down Migration

DROP TABLE b24kit.charts_schema_notes;
