import { asInteger, asText } from "../php.ts";
import { RestError } from "../rest/error.ts";
import type { Answer, Call, Method } from "../rest/method.ts";
import { Random } from "../seed/random.ts";
import { ENTITIES, type Row } from "../values.ts";

const SCOPES = ["im"];
const LONGEST_ATTACH = 60_000;
const PERSONAL = 1;
const SYSTEM = 2;

/** `im.chat.get` and `im.notify*` */
export const IM_METHODS: readonly Method[] = [
  { name: "im.chat.get", scopes: SCOPES, run: getChat },
  {
    name: "im.notify",
    scopes: SCOPES,
    run: (call) =>
      notify(call, asText(call.params.get("TYPE")).toUpperCase() === "SYSTEM" ? SYSTEM : PERSONAL),
  },
  { name: "im.notify.system.add", scopes: SCOPES, run: (call) => notify(call, SYSTEM) },
  { name: "im.notify.personal.add", scopes: SCOPES, run: (call) => notify(call, PERSONAL) },
  { name: "im.notify.delete", scopes: SCOPES, run: deleteNotifications },
  { name: "im.notify.get", scopes: SCOPES, run: listNotifications },
  { name: "im.notify.read", scopes: SCOPES, run: readNotifications },
];

/** Some CRM records have a chat of their own; null for the others and for what is not there. */
function getChat({ portal, params }: Call): Answer {
  const [name = "", id = ""] = asText(params.get("ENTITY_ID")).split("|");
  const entity = ENTITIES.find((known) => known.toUpperCase() === name.toUpperCase());
  if (asText(params.get("ENTITY_TYPE")).toUpperCase() !== "CRM" || !entity) return { result: null };
  const number = Number(id);
  const hasChat = new Random(portal.crm.plan.seed, `chat ${entity}`, number).chance(0.25);
  if (!portal.crm.tables[entity].has(number) || !hasChat) return { result: null };
  return { result: { ID: 1_000 + number * ENTITIES.length + ENTITIES.indexOf(entity) } };
}

/** The number of the notification; false where there is nobody to notify. */
function notify(call: Call, type: number): Answer {
  const { portal, params, caller } = call;
  const userId = asInteger(params.get("USER_ID") ?? params.get("TO"));
  const text = asText(params.get("MESSAGE")).trim();
  if (userId <= 0) throw new RestError("USER_ID_EMPTY", "User ID can't be empty");
  if (text === "") throw new RestError("MESSAGE_EMPTY", "Message can't be empty");
  if (attachSize(params.get("ATTACH")) > LONGEST_ATTACH) {
    throw new RestError("ATTACH_OVERSIZE", "You have exceeded the maximum allowable size of attach");
  }
  const [tag, subTag] = [tagOf(call, "TAG"), tagOf(call, "SUB_TAG")];
  if (!portal.crm.books.users.get(userId)) return { result: false };
  const { notifications } = portal.crm.books;
  // A tag is there once: the newer notification takes the place of the older one.
  const older = notifications.rows.filter(
    (row) => tag !== "" && row.notify_tag === tag && row.user_id === userId,
  );
  for (const row of older) portal.writeBook("notifications", Number(row.id), null);
  const id = notifications.nextId;
  portal.writeBook("notifications", id, {
    id,
    user_id: userId,
    chat_id: chatOf(userId),
    author_id: type === SYSTEM ? 0 : caller.userId,
    date: portal.zone.datetime(portal.clock.now()),
    notify_type: type === SYSTEM ? 4 : 2,
    notify_module: "rest",
    notify_event: "rest_notify",
    notify_tag: tag,
    notify_sub_tag: subTag,
    notify_title: "",
    setting_name: "rest|rest_notify",
    text,
    notify_read: "N",
    params: null,
  });
  return { result: id };
}

const chatOf = (userId: number) => 500_000 + userId;

function attachSize(attach: unknown): number {
  if (attach === undefined || attach === null) return 0;
  return typeof attach === "object" ? JSON.stringify(attach).length : asText(attach).length;
}

/** Tags belong to an application; a webhook says for which one it speaks. */
function tagOf({ params, caller }: Call, name: string): string {
  const tag = asText(params.get(name));
  if (tag === "") return "";
  const owner = caller.clientId ?? asText(params.get("CLIENT_ID"));
  if (owner === "") throw new RestError("ACCESS_DENIED", "Access denied! Client ID not specified", 403);
  return `MP|${owner}|${tag}`;
}

function ownNotifications({ portal, caller }: Call): Row[] {
  return portal.crm.books.notifications.rows.filter((row) => row.user_id === caller.userId);
}

function deleteNotifications(call: Call): Answer {
  const { portal, params } = call;
  const id = asInteger(params.get("ID"));
  const [tag, subTag] = [tagOf(call, "TAG"), tagOf(call, "SUB_TAG")];
  if (id <= 0 && tag === "" && subTag === "") throw new RestError("PARAMS_ERROR", "Incorrect params");
  const gone =
    id > 0
      ? ownNotifications(call).filter((row) => row.id === id)
      : portal.crm.books.notifications.rows.filter((row) =>
          tag !== "" ? row.notify_tag === tag : row.notify_sub_tag === subTag,
        );
  for (const row of gone) portal.writeBook("notifications", Number(row.id), null);
  return { result: gone.length > 0 };
}

/** Newest first, fifty at most, from `LAST_ID` down. */
function listNotifications(call: Call): Answer {
  const { params, caller } = call;
  const all = ownNotifications(call).reverse();
  const last = asInteger(params.get("LAST_ID"));
  const limit = Math.min(50, asInteger(params.get("LIMIT")) || 50);
  const shown = all.filter((row) => last <= 0 || Number(row.id) < last).slice(0, limit);
  return {
    result: {
      total_count: all.length,
      total_unread_count: all.filter((row) => row.notify_read === "N").length,
      chat_id: chatOf(caller.userId),
      notifications: shown.map(({ user_id, ...row }) => row),
      users: [],
    },
  };
}

function readNotifications(call: Call): Answer {
  const { params, portal } = call;
  const id = asInteger(params.get("ID"));
  const mark = asText(params.get("ACTION")).toUpperCase() === "N" ? "N" : "Y";
  const only = asText(params.get("ONLY_CURRENT")).toUpperCase() === "Y";
  const rows = ownNotifications(call).filter((row) => (only ? row.id === id : Number(row.id) >= id));
  if (params.has("ID")) {
    for (const row of rows) portal.writeBook("notifications", Number(row.id), { ...row, notify_read: mark });
  }
  return { result: true };
}
