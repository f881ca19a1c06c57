import { asFlag, asText } from "../php.ts";
import { RestError } from "../rest/error.ts";
import type { Answer, Call, Caller, Method } from "../rest/method.ts";
import { ALL_SCOPES } from "../scopes.ts";

/** Methods about the portal and the credential itself: no scope needed. */
export const SYSTEM_METHODS: readonly Method[] = [
  { name: "profile", scopes: [], run: showProfile },
  { name: "scope", scopes: [], run: listScopes },
  { name: "methods", scopes: [], run: listMethods },
  { name: "method.get", scopes: [], run: findMethod },
  { name: "feature.get", scopes: [], run: getFeature },
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

/** Names of the methods that the credential may call; of one scope, or with `full` all that there are. */
function listMethods({ portal, caller, params }: Call): Answer {
  const all = [...portal.methods.values()];
  const named = (methods: readonly Method[]) => ({ result: methods.map(({ name }) => name.toLowerCase()) });
  if (asFlag(params.get("full"))) return named(all);
  if (!params.has("scope")) return named(all.filter((method) => mayCall(caller, method)));
  const scope = asText(params.get("scope"));
  return named(all.filter(({ scopes }) => (scope === "" ? scopes.length === 0 : scopes.includes(scope))));
}

function mayCall(caller: Caller, { scopes, applicationOnly }: Method): boolean {
  if (applicationOnly && !caller.clientId) return false;
  return scopes.length === 0 || scopes.some((scope) => caller.scopes.has(scope));
}

function findMethod({ portal, caller, params }: Call): Answer {
  const name = asText(params.get("name")).toLowerCase();
  const method = portal.methods.get(name);
  const isExisting = name === "batch" || method !== undefined;
  return { result: { isExisting, isAvailable: name === "batch" || (!!method && mayCall(caller, method)) } };
}

/** What the portal's plan includes. */
const FEATURES = new Set(["REST_OFFLINE_EXTENDED", "REST_AUTH_CONNECTOR"]);

function getFeature({ params }: Call): Answer {
  const code = asText(params.get("CODE"));
  if (code === "") throw new RestError("CODE_EMPTY", "CODE can't be empty");
  return { result: { value: FEATURES.has(code.toUpperCase()) ? "Y" : "N" } };
}
