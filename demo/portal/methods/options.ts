import { isAdmin } from "../people.ts";
import { asMap, asText } from "../php.ts";
import { RestError } from "../rest/error.ts";
import type { Answer, Call, Method } from "../rest/method.ts";
import { type OptionOwner, readOptions, writeOptions } from "../store/options.ts";
import type { Row } from "../values.ts";

const ofApplication = ({ caller }: Call): OptionOwner => ({ clientId: caller.clientId ?? "", userId: null });
const ofUser = (call: Call): OptionOwner => ({ ...ofApplication(call), userId: call.caller.userId });

const method = (name: string, run: (call: Call) => Answer): Method => ({
  name,
  scopes: [],
  applicationOnly: "ACCESS_DENIED",
  run,
});

/** What applications keep in the portal: `app.option.*` for all their users, `user.option.*` for each of them. */
export const OPTION_METHODS: readonly Method[] = [
  method("app.option.get", (call) => getOptions(call, ofApplication(call))),
  method("app.option.set", (call) => {
    if (isAdmin(call.caller.userId)) return setOptions(call, ofApplication(call));
    throw new RestError("AccessException", "Administrator authorization required");
  }),
  method("user.option.get", (call) => getOptions(call, ofUser(call))),
  method("user.option.set", (call) => setOptions(call, ofUser(call))),
];

/** All of them, or the one that is named; null where there is none. */
function getOptions({ portal, params }: Call, owner: OptionOwner): Answer {
  const values = readOptions(portal, owner);
  const name = asText(params.get("option"));
  if (name !== "") return { result: values[name] ?? null };
  return { result: Object.keys(values).length === 0 ? [] : values };
}

function setOptions({ portal, params }: Call, owner: OptionOwner): Answer {
  const given = asMap(params.get("options"));
  if (!given || Object.keys(given).length === 0) {
    throw new RestError("ArgumentNullException", "options is empty");
  }
  writeOptions(portal, owner, given as Row);
  return { result: true };
}
