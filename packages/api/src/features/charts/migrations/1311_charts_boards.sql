-- Up Migration

CREATE TABLE b24kit.charts_saved (
  id uuid PRIMARY KEY,
  portal_id integer NOT NULL REFERENCES b24kit.portal_portals ON DELETE CASCADE,
  name text NOT NULL,
  question text,
  definition jsonb NOT NULL,
  form text,
  locale text NOT NULL,
  pinned boolean NOT NULL,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  created_by text NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now(),
  -- Removed, and still there for whoever saves it again.
  deleted_at timestamptz
);
CREATE INDEX charts_saved_latest ON b24kit.charts_saved (portal_id, updated_at DESC) WHERE deleted_at IS NULL;

CREATE TABLE b24kit.charts_saved_versions (
  chart_id uuid NOT NULL REFERENCES b24kit.charts_saved ON DELETE CASCADE,
  version integer NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  by text NOT NULL,
  change text NOT NULL CHECK (change IN ('created', 'renamed', 'edited', 'pinned', 'unpinned')),
  name text NOT NULL,
  definition jsonb NOT NULL,
  PRIMARY KEY (chart_id, version)
);

CREATE TABLE b24kit.charts_dashboards (
  id uuid PRIMARY KEY,
  portal_id integer NOT NULL REFERENCES b24kit.portal_portals ON DELETE CASCADE,
  layout jsonb NOT NULL,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  created_by text NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX charts_dashboards_portal ON b24kit.charts_dashboards (portal_id);

CREATE TABLE b24kit.charts_links (
  id uuid PRIMARY KEY,
  portal_id integer NOT NULL REFERENCES b24kit.portal_portals ON DELETE CASCADE,
  dashboard_id uuid NOT NULL REFERENCES b24kit.charts_dashboards ON DELETE CASCADE,
  expires_at timestamptz NOT NULL,
  -- scrypt, with its salt; null: none is asked for.
  password text,
  filters jsonb,
  created_at timestamptz NOT NULL DEFAULT now(),
  created_by text NOT NULL,
  revoked_at timestamptz,
  opened integer NOT NULL DEFAULT 0
);
CREATE INDEX charts_links_dashboard ON b24kit.charts_links (dashboard_id, created_at DESC);

-- Down Migration

DROP TABLE b24kit.charts_links, b24kit.charts_dashboards, b24kit.charts_saved_versions, b24kit.charts_saved;
