-- Up Migration

-- Events as portals send them, once each, without their tokens. As with the bus, a row gets its `seq` after its
-- transaction committed, from one process at a time: whoever has read up to N has missed nothing before N.
CREATE TABLE b24kit.portal_inbox (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  seq bigint,
  portal_id integer NOT NULL REFERENCES b24kit.portal_portals ON DELETE CASCADE,
  -- Hash of what makes an event itself: portal, event, record, time, handler.
  key bytea NOT NULL UNIQUE,
  event text NOT NULL,
  -- Id of the record that it is about, where it is about one.
  entity_id text,
  -- Who acted, where somebody did.
  user_id integer,
  -- By the portal's clock.
  happened_at timestamptz,
  data jsonb NOT NULL,
  received_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX portal_inbox_seq ON b24kit.portal_inbox (seq) WHERE seq IS NOT NULL;
CREATE INDEX portal_inbox_unordered ON b24kit.portal_inbox (id) WHERE seq IS NULL;

-- One row: the last `seq` given. Its lock is what lets one process order at a time.
CREATE TABLE b24kit.portal_inbox_head (seq bigint NOT NULL, one boolean PRIMARY KEY DEFAULT true CHECK (one));
INSERT INTO b24kit.portal_inbox_head (seq) VALUES (0);

-- How far each reader has come.
CREATE TABLE b24kit.portal_inbox_cursors (
  consumer text PRIMARY KEY,
  seq bigint NOT NULL,
  moved_at timestamptz NOT NULL DEFAULT now()
);

CREATE FUNCTION b24kit.portal_inbox_order() RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  head bigint;
  ordered bigint;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM b24kit.portal_inbox WHERE seq IS NULL) THEN
    RETURN (SELECT seq FROM b24kit.portal_inbox_head);
  END IF;
  SELECT seq INTO head FROM b24kit.portal_inbox_head FOR UPDATE;
  -- A new statement, hence a new snapshot: it sees what committed while the lock was awaited.
  WITH unordered AS (SELECT id, row_number() OVER (ORDER BY id) AS place FROM b24kit.portal_inbox WHERE seq IS NULL)
  UPDATE b24kit.portal_inbox e SET seq = head + u.place FROM unordered u WHERE e.id = u.id;
  GET DIAGNOSTICS ordered = ROW_COUNT;
  UPDATE b24kit.portal_inbox_head SET seq = head + ordered WHERE ordered > 0;
  RETURN head + ordered;
END
$$;

-- Down Migration

DROP FUNCTION b24kit.portal_inbox_order();
DROP TABLE b24kit.portal_inbox, b24kit.portal_inbox_head, b24kit.portal_inbox_cursors;
