import { asFlag } from "../php.ts";
import { RestError } from "../rest/error.ts";
import type { Answer, Call, Method } from "../rest/method.ts";
import { ALL_SCOPES } from "../scopes.ts";

/** Methods about the portal and the credential itself: no scope needed. */
export const SYSTEM_METHODS: readonly Method[] = [
  { name: "profile", scopes: [], run: showProfile },
  { name: "scope", scopes: [], run: listScopes },
  {
    name: "server.time",
    scopes: [],
    run: ({ portal }) => ({ result: portal.zone.datetime(portal.clock.now()) }),
  },
];

function showProfile({ portal, caller }: Call): Answer {
  const user = portal.crm.users.find((row) => Number(row.ID) === caller.userId);
  if (user?.ACTIVE !== true) {
    throw new RestError("authorization_error", "Unable to authorize user", 401);
  }
  return {
    result: {
      ID: user.ID,
      ADMIN: caller.userId === 1,
      NAME: user.NAME,
      LAST_NAME: user.LAST_NAME,
      PERSONAL_GENDER: user.PERSONAL_GENDER,
      TIME_ZONE: "",
      TIME_ZONE_OFFSET: 0,
    },
  };
}

function listScopes({ caller, params }: Call): Answer {
  return { result: asFlag(params.get("full")) ? [...ALL_SCOPES] : [...caller.scopes] };
}
