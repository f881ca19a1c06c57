-- What happened, for every process that wants to know. A row gets its `seq` after its transaction committed, from one
-- process at a time, so that the order of `seq` is the order of becoming visible: whoever has read up to N has missed
-- nothing before N. (Ids are given out before the commit and would leave holes that fill later.)
CREATE TABLE b24kit.bus_events (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  seq bigint,
  topic text NOT NULL,
  portal_id integer,
  data jsonb NOT NULL,
  at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX bus_events_seq ON b24kit.bus_events (seq) WHERE seq IS NOT NULL;
CREATE INDEX bus_events_unordered ON b24kit.bus_events (id) WHERE seq IS NULL;

-- One row: the last `seq` given. Its lock is what lets one process order at a time.
CREATE TABLE b24kit.bus_head (seq bigint NOT NULL, trimmed_to bigint NOT NULL, one boolean PRIMARY KEY DEFAULT true CHECK (one));
INSERT INTO b24kit.bus_head (seq, trimmed_to) VALUES (0, 0);

CREATE FUNCTION b24kit.bus_order() RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  head bigint;
  ordered bigint;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM b24kit.bus_events WHERE seq IS NULL) THEN
    RETURN (SELECT seq FROM b24kit.bus_head);
  END IF;
  SELECT seq INTO head FROM b24kit.bus_head FOR UPDATE;
  -- A new statement, hence a new snapshot: it sees what committed while the lock was awaited.
  WITH unordered AS (SELECT id, row_number() OVER (ORDER BY id) AS place FROM b24kit.bus_events WHERE seq IS NULL)
  UPDATE b24kit.bus_events e SET seq = head + u.place FROM unordered u WHERE e.id = u.id;
  GET DIAGNOSTICS ordered = ROW_COUNT;
  UPDATE b24kit.bus_head SET seq = head + ordered WHERE ordered > 0;
  RETURN head + ordered;
END
$$;

-- The wake is sent with the commit; its loss costs no event, only time.
CREATE FUNCTION b24kit.bus_wake() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('b24kit_bus', '');
  RETURN NULL;
END
$$;
CREATE TRIGGER bus_events_wake AFTER INSERT ON b24kit.bus_events FOR EACH STATEMENT EXECUTE FUNCTION b24kit.bus_wake();
