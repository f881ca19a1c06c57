-- How often each piece of exclusive work was claimed. The number fences: who writes under an older one has lost the claim.
CREATE TABLE b24kit.jobs_claims (
  key text PRIMARY KEY,
  fence bigint NOT NULL,
  claimed_at timestamptz NOT NULL DEFAULT now()
);
