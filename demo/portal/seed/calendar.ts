import type { Row } from "../values.ts";
import { DAY } from "../zone.ts";
import type { SeedPlan } from "./plan.ts";
import { Random } from "./random.ts";

const NAMES = ["Планёрка", "Встреча с клиентом", "Выезд на объект", "Обучение бригады"];
const EVENTS = 24;

/** What is kept of a calendar event; moments are Unix seconds. */
export interface CalendarEntry {
  ID: string;
  CAL_TYPE: string;
  OWNER_ID: string;
  SECTION_ID: string;
  NAME: string;
  DESCRIPTION: string;
  LOCATION: string;
  CREATED_BY: string;
  FROM: number;
  TO: number;
  SKIP_TIME: string;
  CREATED: number;
}

/** Meetings around the anchor day, for the first users and for the company. */
export function seedCalendar(plan: SeedPlan): Row[] {
  return Array.from({ length: EVENTS }, (_, i): Row => {
    const id = i + 1;
    const random = new Random(plan.seed, "calendar", id);
    const start = (plan.anchor + random.int(-14, 14) * DAY) / 1000 + random.int(9, 17) * 3600;
    const personal = id % 4 !== 0;
    const owner = String(1 + (id % Math.min(plan.counts.users, 6)));
    const entry: CalendarEntry = {
      ID: String(id),
      CAL_TYPE: personal ? "user" : "company_calendar",
      OWNER_ID: personal ? owner : "0",
      SECTION_ID: personal ? owner : "100",
      NAME: random.pick(NAMES),
      DESCRIPTION: "",
      LOCATION: random.chance(0.3) ? "Переговорная" : "",
      CREATED_BY: owner,
      FROM: start,
      TO: start + random.pick([1800, 3600, 7200]),
      SKIP_TIME: "N",
      CREATED: start - 3 * 86_400,
    };
    return { ...entry };
  });
}
