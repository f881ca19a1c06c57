-- Up Migration

-- A portal is entered by a webhook (`credential`), by an installed application (`oauth`), or by both; where both are
-- there, the application is used. Neither: the application was removed, and the data wait for another installation.
ALTER TABLE b24kit.portal_portals
  ALTER COLUMN credential DROP NOT NULL,
  -- Sealed: access token, refresh token, when the access token ends.
  ADD COLUMN oauth text,
  -- `dead`: the refresh token is worth nothing any more; a person has to authorise again.
  ADD COLUMN oauth_state text CHECK (oauth_state IN ('live', 'dead')),
  ADD COLUMN oauth_renewed_at timestamptz,
  ADD COLUMN client_id text,
  -- What the portal calls the application: the client id of a local one, the name of one from the market.
  ADD COLUMN app_code text,
  ADD COLUMN endpoint text,
  ADD COLUMN server_endpoint text,
  ADD COLUMN scopes text[] NOT NULL DEFAULT '{}',
  ADD COLUMN installed_at timestamptz,
  ADD CHECK ((oauth IS NULL) = (oauth_state IS NULL)),
  ADD CHECK (oauth IS NULL OR (client_id IS NOT NULL AND endpoint IS NOT NULL AND server_endpoint IS NOT NULL AND member_id IS NOT NULL));

-- What proves that an event comes from the portal: the application's token, and those of outgoing webhooks.
-- Only hashes: nobody has to read them again.
CREATE TABLE b24kit.portal_event_tokens (
  portal_id integer NOT NULL REFERENCES b24kit.portal_portals ON DELETE CASCADE,
  kind text NOT NULL CHECK (kind IN ('application', 'webhook')),
  hash bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (portal_id, hash)
);
CREATE UNIQUE INDEX portal_event_tokens_application ON b24kit.portal_event_tokens (portal_id) WHERE kind = 'application';

-- Applications beside the one of the settings: a local application has credentials of its own on every portal.
CREATE TABLE b24kit.portal_applications (
  client_id text PRIMARY KEY,
  -- Sealed.
  client_secret text NOT NULL,
  -- The portal that the application lives on.
  host text NOT NULL UNIQUE,
  url text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

-- An installation on its way through the portal's consent page: one row, used once, for ten minutes.
CREATE TABLE b24kit.portal_attempts (
  id uuid PRIMARY KEY,
  url text NOT NULL,
  client_id text NOT NULL,
  language text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

-- Down Migration

DROP TABLE b24kit.portal_attempts, b24kit.portal_applications, b24kit.portal_event_tokens;
