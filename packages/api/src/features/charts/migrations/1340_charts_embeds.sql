-- Up Migration

ALTER TABLE b24kit.charts_links ADD COLUMN last_used_at timestamptz, ADD COLUMN last_origin text;

CREATE TABLE b24kit.charts_embeds (
  id uuid PRIMARY KEY,
  portal_id integer NOT NULL REFERENCES b24kit.portal_portals ON DELETE CASCADE,
  -- Digest of what its tokens allow: the same again is the same embedding.
  key text NOT NULL,
  allowed jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  created_by text NOT NULL,
  issued integer NOT NULL DEFAULT 1,
  used integer NOT NULL DEFAULT 0,
  last_used_at timestamptz,
  last_origin text,
  revoked_at timestamptz,
  UNIQUE (portal_id, key)
);

-- Down Migration

DROP TABLE b24kit.charts_embeds;
ALTER TABLE b24kit.charts_links DROP COLUMN last_used_at, DROP COLUMN last_origin;
