-- Up Migration

-- The portal's request limit as we have used it. Unlogged: it is written with every request, and what a crash of
-- the server forgets is learned again from the next answers.
CREATE UNLOGGED TABLE b24kit.bitrix_buckets (
  portal_id integer PRIMARY KEY,
  level double precision NOT NULL,
  rate double precision NOT NULL,
  updated_at timestamptz NOT NULL,
  refused_at timestamptz,
  mode text NOT NULL DEFAULT 'unknown' CHECK (mode IN ('unknown', 'inner', 'batch', 'none'))
);

-- Operating time by credential and method; 'batch' has its own row.
CREATE UNLOGGED TABLE b24kit.bitrix_operating (
  portal_id integer NOT NULL,
  credential text NOT NULL,
  method text NOT NULL,
  operating double precision NOT NULL DEFAULT 0,
  measured_at timestamptz NOT NULL DEFAULT '-infinity',
  reset_at timestamptz NOT NULL DEFAULT '-infinity',
  parked_until timestamptz NOT NULL DEFAULT '-infinity',
  -- Commands under way: those begun in the period of 90 s that is numbered here, and those of the period before.
  -- No request lives that long, so what a killed process never reported is forgotten after two periods.
  in_flight integer NOT NULL DEFAULT 0,
  in_flight_before integer NOT NULL DEFAULT 0,
  in_flight_period bigint NOT NULL DEFAULT 0,
  cost double precision NOT NULL DEFAULT 0,
  PRIMARY KEY (portal_id, credential, method)
);

-- Locks the portal's bucket and brings it up to `p_now` (the database's own clock when null). The lock comes before
-- the clock, so that time never runs backwards between two callers.
CREATE FUNCTION b24kit.bitrix_leak(p_portal integer, p_drain double precision, p_now timestamptz)
RETURNS b24kit.bitrix_buckets LANGUAGE plpgsql AS $$
DECLARE
  bucket b24kit.bitrix_buckets;
  moment timestamptz;
  recovering double precision;
BEGIN
  SELECT * INTO bucket FROM b24kit.bitrix_buckets WHERE portal_id = p_portal FOR UPDATE;
  IF NOT FOUND THEN
    INSERT INTO b24kit.bitrix_buckets (portal_id, level, rate, updated_at)
      VALUES (p_portal, 0, p_drain, coalesce(p_now, clock_timestamp())) ON CONFLICT DO NOTHING;
    SELECT * INTO bucket FROM b24kit.bitrix_buckets WHERE portal_id = p_portal FOR UPDATE;
  END IF;
  moment := greatest(coalesce(p_now, clock_timestamp()), bucket.updated_at);
  bucket.level := greatest(0, bucket.level - bucket.rate * extract(epoch FROM moment - bucket.updated_at));
  -- A minute after a refusal the rate creeps back.
  recovering := extract(epoch FROM moment - greatest(bucket.updated_at, bucket.refused_at + interval '60 s'));
  bucket.rate := least(p_drain, bucket.rate + coalesce(greatest(0, recovering) * 0.001 * p_drain, 0));
  bucket.updated_at := moment;
  RETURN bucket;
END $$;

-- One try: grants a place (`wait_ms` ahead at most a second) or tells after how long to ask again, and why.
CREATE FUNCTION b24kit.bitrix_acquire(
  p_portal integer, p_credential text, p_methods text[], p_counts integer[],
  p_ceiling double precision, p_drain double precision, p_budget double precision, p_now timestamptz,
  OUT granted boolean, OUT wait_ms double precision, OUT reason text)
LANGUAGE plpgsql AS $$
DECLARE
  bucket b24kit.bitrix_buckets := b24kit.bitrix_leak(p_portal, p_drain, p_now);
  moment timestamptz := bucket.updated_at;
  this_period bigint := floor(extract(epoch FROM moment) / 90);
BEGIN
  SELECT coalesce(max(CASE
      WHEN o.parked_until > moment THEN extract(epoch FROM o.parked_until - moment) * 1000
      WHEN used.operating >= p_budget AND moment < o.reset_at + interval '1 s'
        THEN extract(epoch FROM o.reset_at + interval '1 s' - moment) * 1000
      WHEN used.busy = 0 OR used.operating + o.cost * (used.busy + asked.count) <= p_budget THEN 0
      ELSE 500 END), 0)
    INTO wait_ms
    FROM unnest(p_methods, p_counts) AS asked (method, count)
    JOIN b24kit.bitrix_operating o
      ON o.portal_id = p_portal AND o.credential = p_credential AND o.method = asked.method
    CROSS JOIN LATERAL (SELECT
      CASE WHEN moment > o.reset_at + interval '600 s' THEN 0 ELSE o.operating END AS operating,
      CASE this_period - o.in_flight_period WHEN 0 THEN o.in_flight + o.in_flight_before
        WHEN 1 THEN o.in_flight ELSE 0 END AS busy) used;
  IF wait_ms > 0 THEN
    granted := false;
    reason := 'portal_operating_limit';
    RETURN;
  END IF;

  reason := 'portal_rate_limited';
  wait_ms := greatest(0, (bucket.level + 1 - p_ceiling) / bucket.rate * 1000);
  granted := wait_ms <= 1000;
  IF granted THEN
    bucket.level := bucket.level + 1;
    INSERT INTO b24kit.bitrix_operating AS o (portal_id, credential, method, in_flight, in_flight_period)
      SELECT p_portal, p_credential, asked.method, asked.count, this_period
        FROM unnest(p_methods, p_counts) AS asked (method, count)
      ON CONFLICT (portal_id, credential, method) DO UPDATE SET
        in_flight = excluded.in_flight + CASE WHEN o.in_flight_period = this_period THEN o.in_flight ELSE 0 END,
        in_flight_before = CASE this_period - o.in_flight_period
          WHEN 0 THEN o.in_flight_before WHEN 1 THEN o.in_flight ELSE 0 END,
        in_flight_period = this_period;
  ELSE
    wait_ms := wait_ms - 500;
  END IF;
  UPDATE b24kit.bitrix_buckets SET level = bucket.level, rate = bucket.rate, updated_at = moment
    WHERE portal_id = p_portal;
END $$;

-- Down Migration
DROP FUNCTION b24kit.bitrix_acquire, b24kit.bitrix_leak;
DROP TABLE b24kit.bitrix_operating, b24kit.bitrix_buckets;
