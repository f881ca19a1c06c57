-- Up Migration

CREATE TABLE b24kit.ai_usage (
  portal_id integer NOT NULL,
  day date NOT NULL,
  purpose text NOT NULL,
  model text NOT NULL,
  calls integer NOT NULL,
  prompt bigint NOT NULL,
  cached bigint NOT NULL,
  completion bigint NOT NULL,
  cost double precision NOT NULL,
  -- Calls of models whose price is not known.
  unpriced integer NOT NULL,
  PRIMARY KEY (portal_id, day, purpose, model)
);

CREATE TABLE b24kit.ai_budgets (
  portal_id integer PRIMARY KEY,
  tokens_per_day bigint NOT NULL CHECK (tokens_per_day >= 0)
);

-- A person's calls in the present window of each length.
CREATE TABLE b24kit.ai_turns (
  portal_id integer NOT NULL,
  person text NOT NULL,
  seconds integer NOT NULL,
  starts timestamptz NOT NULL,
  calls integer NOT NULL,
  PRIMARY KEY (portal_id, person, seconds)
);

-- Down Migration

DROP TABLE b24kit.ai_turns, b24kit.ai_budgets, b24kit.ai_usage;
