-- API keys. The secret is 256 random bits shown once; what is stored is its SHA-256, found by the public id.
CREATE TABLE b24kit.auth_keys (
  id text PRIMARY KEY,
  hash bytea NOT NULL CHECK (length(hash) = 32),
  name text NOT NULL,
  rights text[] NOT NULL CHECK (cardinality(rights) > 0),
  portals integer[],
  created_at timestamptz NOT NULL DEFAULT now(),
  created_by text NOT NULL,
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz
);
