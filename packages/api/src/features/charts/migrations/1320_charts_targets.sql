-- Up Migration

-- What is planned for a month: of everybody, of a manager or of a funnel.
CREATE TABLE b24kit.charts_targets (
  portal_id integer NOT NULL REFERENCES b24kit.portal_portals ON DELETE CASCADE,
  month date NOT NULL CHECK (extract(day FROM month) = 1),
  scope text NOT NULL CHECK (scope IN ('all', 'responsible', 'funnel')),
  -- Empty where the scope is everybody, so that a key can be made of it.
  subject text NOT NULL CHECK ((subject = '') = (scope = 'all')),
  measure text NOT NULL CHECK (measure IN ('won_amount', 'won_count', 'new_count')),
  value numeric NOT NULL CHECK (value >= 0),
  changed_at timestamptz NOT NULL DEFAULT now(),
  changed_by text NOT NULL,
  PRIMARY KEY (portal_id, month, scope, subject, measure)
);

-- Down Migration

DROP TABLE b24kit.charts_targets;
