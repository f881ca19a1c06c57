-- Up Migration

-- The login role that reads a portal's chart views, with its sealed password.
CREATE TABLE b24kit.charts_roles (
  portal_id integer PRIMARY KEY REFERENCES b24kit.portal_portals ON DELETE CASCADE,
  role text NOT NULL UNIQUE,
  password text NOT NULL,
  made_at timestamptz NOT NULL DEFAULT now()
);

-- Down Migration

DROP TABLE b24kit.charts_roles;
