-- Up Migration

CREATE TABLE b24kit.charts_picture_links (
  id uuid PRIMARY KEY,
  portal_id integer NOT NULL REFERENCES b24kit.portal_portals ON DELETE CASCADE,
  chart_id uuid NOT NULL REFERENCES b24kit.charts_saved ON DELETE CASCADE,
  expires_at timestamptz NOT NULL,
  filters jsonb,
  created_at timestamptz NOT NULL DEFAULT now(),
  created_by text NOT NULL,
  revoked_at timestamptz,
  used integer NOT NULL DEFAULT 0,
  last_used_at timestamptz,
  last_origin text
);
CREATE INDEX charts_picture_links_chart ON b24kit.charts_picture_links (chart_id, created_at DESC);

-- Down Migration

DROP TABLE b24kit.charts_picture_links;
