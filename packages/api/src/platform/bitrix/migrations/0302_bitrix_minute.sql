-- Up Migration

-- As before, and a lone call waits a minute more where the minute that is forgotten next may hold less than the call
-- takes: see ledger.ts. The function of before stays for processes that still run.
-- One try: grants a place (`wait_ms` ahead at most a second) or tells after how long to ask again, and why.
CREATE FUNCTION b24kit.bitrix_acquire(
  p_portal integer, p_credential text, p_methods text[], p_counts integer[],
  p_ceiling double precision, p_drain double precision, p_budget double precision, p_limit double precision, p_now timestamptz,
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
      WHEN used.busy = 0 AND used.operating + o.cost * asked.count > p_limit
        THEN greatest(0, extract(epoch FROM o.reset_at + interval '61 s' - moment) * 1000)
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

DROP FUNCTION b24kit.bitrix_acquire(integer, text, text[], integer[], double precision, double precision, double precision, double precision, timestamptz);
