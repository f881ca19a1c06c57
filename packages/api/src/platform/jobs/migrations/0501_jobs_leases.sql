-- Up Migration

-- Who holds a claim and when it last gave a sign of life: a process that was stopped keeps its connection and its lock.
CREATE TABLE b24kit.jobs_leases (
  key text PRIMARY KEY,
  -- Backend of the connection that holds the lock.
  pid integer NOT NULL,
  renewed_at timestamptz NOT NULL DEFAULT now()
);

-- Down Migration

DROP TABLE b24kit.jobs_leases;
