-- Up Migration

-- What was measured on a portal and cannot be known from its documentation; the newest measurement.
CREATE TABLE b24kit.bitrix_profiles (
  portal_id integer PRIMARY KEY,
  measured_at timestamptz NOT NULL DEFAULT now(),
  profile jsonb NOT NULL
);

-- Down Migration

DROP TABLE b24kit.bitrix_profiles;
