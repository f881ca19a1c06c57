-- Up Migration

-- What every question came to: the log that settings, budgets and doubts are checked by, and the memory of answers.
CREATE TABLE b24kit.charts_answers (
  id uuid PRIMARY KEY,
  portal_id integer NOT NULL REFERENCES b24kit.portal_portals ON DELETE CASCADE,
  at timestamptz NOT NULL DEFAULT now(),
  who text NOT NULL,
  question text NOT NULL,
  -- Everything that the answer depends on but the data; null where it is not to be answered again from here.
  key text,
  -- Who answered: keyless planner, model, memory.
  by text NOT NULL,
  verdict text NOT NULL,
  reason text,
  -- Plan, SQL, form and title as they were accepted.
  definition jsonb,
  tables text[] NOT NULL DEFAULT '{}',
  sql text,
  sharing text NOT NULL,
  model text,
  attempts integer NOT NULL DEFAULT 0,
  prompt_tokens integer NOT NULL DEFAULT 0,
  completion_tokens integer NOT NULL DEFAULT 0,
  cost double precision,
  rows integer,
  milliseconds integer NOT NULL,
  -- Refusals of the guard and faults of plans that the model's tries met.
  faults jsonb NOT NULL DEFAULT '[]'
);
CREATE INDEX charts_answers_latest ON b24kit.charts_answers (portal_id, at DESC);
CREATE INDEX charts_answers_key ON b24kit.charts_answers (key, at DESC) WHERE key IS NOT NULL;

-- Statements whose rows may be read again by their id, by any process.
CREATE TABLE b24kit.charts_results (
  id uuid PRIMARY KEY,
  portal_id integer NOT NULL REFERENCES b24kit.portal_portals ON DELETE CASCADE,
  who text NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  statement jsonb NOT NULL
);
CREATE INDEX charts_results_age ON b24kit.charts_results (at);

CREATE TABLE b24kit.charts_settings (
  portal_id integer PRIMARY KEY REFERENCES b24kit.portal_portals ON DELETE CASCADE,
  sharing text NOT NULL DEFAULT 'values' CHECK (sharing IN ('off', 'schema', 'values', 'aggregates')),
  sql boolean NOT NULL DEFAULT true
);

CREATE TABLE b24kit.charts_settings_log (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  portal_id integer NOT NULL REFERENCES b24kit.portal_portals ON DELETE CASCADE,
  at timestamptz NOT NULL DEFAULT now(),
  who text NOT NULL,
  change jsonb NOT NULL
);

-- Down Migration

DROP TABLE b24kit.charts_settings_log, b24kit.charts_settings, b24kit.charts_results, b24kit.charts_answers;
