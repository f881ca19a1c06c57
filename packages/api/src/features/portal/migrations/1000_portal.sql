-- Up Migration

CREATE TABLE b24kit.portal_portals (
  id integer PRIMARY KEY,
  host text NOT NULL UNIQUE,
  member_id text UNIQUE,
  url text NOT NULL,
  schema_name text NOT NULL UNIQUE,
  credential text NOT NULL,
  state text NOT NULL CHECK (state IN ('connected', 'unreachable', 'reauthorise')),
  error_code text,
  error_detail text,
  created_at timestamptz NOT NULL DEFAULT now(),
  checked_at timestamptz,
  CHECK ((error_code IS NULL) = (error_detail IS NULL))
);

-- The last number given to a portal. Kept apart, so that a number (and with it a mirror schema) is never given twice,
-- not even after its portal was removed, and never skipped by a transaction that was rolled back.
CREATE TABLE b24kit.portal_last_number (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  value integer NOT NULL
);
INSERT INTO b24kit.portal_last_number (value) VALUES (0);

-- Down Migration

DROP TABLE b24kit.portal_portals, b24kit.portal_last_number;
