import { asInteger, asList, asText } from "../php.ts";
import { RestError } from "../rest/error.ts";
import type { Answer, Call, Method } from "../rest/method.ts";
import type { CalendarEntry } from "../seed/calendar.ts";
import type { Row } from "../values.ts";
import { DAY, type Zone } from "../zone.ts";

const SCOPES = ["calendar"];

/** `calendar.event.get` and `calendar.event.add` */
export const CALENDAR_METHODS: readonly Method[] = [
  { name: "calendar.event.get", scopes: SCOPES, run: listEvents },
  { name: "calendar.event.add", scopes: SCOPES, run: addEvent },
];

function requireParam({ params }: Call, method: string, ...names: string[]): unknown {
  const name = names.find((candidate) => asText(params.get(candidate)) !== "");
  if (name) return params.get(name);
  throw new RestError("", `The required parameter "${names[0]}" for the method "${method}" is not set`);
}

/** Events of one calendar between two days; without them, from a month before today to three after it. */
function listEvents(call: Call): Answer {
  const { portal, params } = call;
  const type = asText(requireParam(call, "calendar.event.get", "type"));
  const owner =
    type === "company_calendar" ? "0" : asText(requireParam(call, "calendar.event.get", "ownerId"));
  const now = portal.clock.now();
  const from = portal.zone.parse(asText(params.get("from"))) ?? now - 31 * DAY;
  const to = (portal.zone.parse(asText(params.get("to"))) ?? now + 92 * DAY) + DAY;
  const sections = asList(params.get("section")).map(asText);
  const rows = (portal.crm.books.calendar.rows as unknown as CalendarEntry[])
    .filter((entry) => entry.CAL_TYPE === type && entry.OWNER_ID === owner)
    .filter((entry) => sections.length === 0 || sections.includes(entry.SECTION_ID))
    .filter((entry) => entry.TO * 1000 >= from && entry.FROM * 1000 < to)
    .sort((a, b) => a.FROM - b.FROM);
  return { result: rows.map((entry) => showEvent(entry, portal.zone)), rows: rows.length };
}

/** Dates come in the portal's own way of writing them, and once more as Unix seconds. */
function showEvent(entry: CalendarEntry, zone: Zone): Row {
  const { FROM, TO, SKIP_TIME, CREATED, ...texts } = entry;
  const local = (seconds: number) => localDate(seconds * 1000, zone, SKIP_TIME === "Y");
  const offset = String(zone.offset * 60);
  return {
    ...texts,
    PARENT_ID: entry.ID,
    DELETED: "N",
    SECT_ID: entry.SECTION_ID,
    DATE_FROM: local(FROM),
    DATE_TO: local(TO),
    ORIGINAL_DATE_FROM: null,
    TZ_FROM: "Europe/Moscow",
    TZ_TO: "Europe/Moscow",
    TZ_OFFSET_FROM: offset,
    TZ_OFFSET_TO: offset,
    DATE_FROM_TS_UTC: String(FROM),
    DATE_TO_TS_UTC: String(TO),
    DT_SKIP_TIME: SKIP_TIME,
    DT_LENGTH: TO - FROM,
    EVENT_TYPE: null,
    DATE_CREATE: localDate(CREATED * 1000, zone, false),
    TIMESTAMP_X: localDate(CREATED * 1000, zone, false),
    PRIVATE_EVENT: "",
    ACCESSIBILITY: "busy",
    IMPORTANCE: "normal",
    IS_MEETING: false,
    MEETING_STATUS: null,
    MEETING_HOST: entry.CREATED_BY,
    MEETING: [],
    REMIND: [],
    COLOR: "",
    RRULE: "",
    EXDATE: "",
    ATTENDEE_LIST: [],
    ATTENDEES_CODES: [],
    UF_CRM_CAL_EVENT: false,
  };
}

/** `11.12.2024 17:59:00` */
function localDate(at: number, zone: Zone, isDay: boolean): string {
  const [date = "", time = ""] = zone.datetime(at).split("T");
  const day = date.split("-").reverse().join(".");
  return isDay ? day : `${day} ${time.slice(0, 8)}`;
}

function addEvent(call: Call): Answer {
  const { portal, params, caller } = call;
  const method = "calendar.event.add";
  const type = asText(requireParam(call, method, "type"));
  const owner = type === "company_calendar" ? "0" : asText(requireParam(call, method, "ownerId"));
  const name = asText(requireParam(call, method, "name"));
  requireParam(call, method, "from", "from_ts");
  requireParam(call, method, "to", "to_ts");
  const moment = (given: string) => {
    const at = portal.zone.parse(asText(params.get(given)));
    const seconds = at === null ? asInteger(params.get(`${given}_ts`)) : at / 1000;
    if (seconds <= 0) throw new RestError("", `Invalid value for the parameter "${given}"`);
    return seconds;
  };
  const id = String(portal.crm.books.calendar.nextId);
  const entry: CalendarEntry = {
    ID: id,
    CAL_TYPE: type,
    OWNER_ID: owner,
    SECTION_ID: asText(params.get("section")) || (owner === "0" ? "100" : owner),
    NAME: name,
    DESCRIPTION: asText(params.get("description")),
    LOCATION: asText(params.get("location")),
    CREATED_BY: String(caller.userId),
    FROM: moment("from"),
    TO: moment("to"),
    SKIP_TIME: asText(params.get("skip_time")) === "Y" ? "Y" : "N",
    CREATED: Math.floor(portal.clock.now() / 1000),
  };
  portal.writeBook("calendar", id, { ...entry });
  return { result: Number(id) };
}
