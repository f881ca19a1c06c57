-- Up Migration

-- Addresses that are told of a portal's events.
CREATE TABLE b24kit.subscriptions_endpoints (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  portal_id integer NOT NULL REFERENCES b24kit.portal_portals ON DELETE CASCADE,
  url text NOT NULL,
  events text[] NOT NULL,
  -- Sealed for the row of this id.
  secret text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  created_by text NOT NULL,
  -- Attempts that failed since the last one that arrived.
  failures integer NOT NULL DEFAULT 0,
  failing_since timestamptz,
  last_delivered_at timestamptz,
  disabled_reason text CHECK (disabled_reason IN ('person', 'failures', 'gone'))
);
CREATE INDEX subscriptions_endpoints_portal ON b24kit.subscriptions_endpoints (portal_id);

-- One message for one address: the row is there before anything is sent.
CREATE TABLE b24kit.subscriptions_messages (
  id text PRIMARY KEY,
  endpoint_id integer NOT NULL REFERENCES b24kit.subscriptions_endpoints ON DELETE CASCADE,
  event text NOT NULL,
  -- The very text that is signed and sent.
  body text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'delivered', 'failed')),
  attempts integer NOT NULL DEFAULT 0,
  -- While an attempt is under way: when others may take it for lost.
  next_attempt_at timestamptz DEFAULT now(),
  status integer,
  error_code text,
  error_detail text,
  milliseconds integer,
  CHECK ((state = 'pending') = (next_attempt_at IS NOT NULL))
);
CREATE INDEX subscriptions_messages_due ON b24kit.subscriptions_messages (next_attempt_at) WHERE state = 'pending';
CREATE INDEX subscriptions_messages_endpoint ON b24kit.subscriptions_messages (endpoint_id, created_at DESC);

-- Down Migration

DROP TABLE b24kit.subscriptions_messages, b24kit.subscriptions_endpoints;
