import type { Row } from "../values.ts";
import { makeEmail, makeMobile, makePerson } from "./person.ts";
import type { SeedPlan } from "./plan.ts";
import { Random } from "./random.ts";

const DAY = 86_400_000;

interface Unit {
  id: number;
  name: string;
  posts: readonly string[];
  head: string;
}

const CREW = [
  "Уборщик подъездов",
  "Дворник",
  "Оператор поломоечной машины",
  "Озеленитель",
  "Слесарь-сантехник",
  "Разнорабочий",
];

/** Six departments under the root; four of them are brigades. */
const UNITS: readonly Unit[] = [
  { id: 3, name: "Бригада № 1", head: "Бригадир", posts: CREW },
  { id: 4, name: "Бригада № 2", head: "Бригадир", posts: CREW },
  { id: 5, name: "Бригада № 3", head: "Бригадир", posts: CREW },
  { id: 6, name: "Бригада № 4", head: "Бригадир", posts: CREW },
  {
    id: 9,
    name: "Отдел продаж",
    head: "Руководитель отдела продаж",
    posts: ["Менеджер по продажам", "Старший менеджер по продажам", "Специалист по тендерам"],
  },
  {
    id: 11,
    name: "Диспетчерская служба",
    head: "Старший диспетчер",
    posts: ["Диспетчер", "Специалист по работе с жителями", "Контролёр качества"],
  },
];

const ROOT = 1;

/** User 1 runs the company, users 2 to 7 run its departments, the others are spread over them. */
export function seedUsers(plan: SeedPlan): Row[] {
  return Array.from({ length: plan.counts.users }, (_, i) => makeUser(plan, i + 1));
}

export function seedDepartments(plan: SeedPlan): Row[] {
  const root = { ID: String(ROOT), NAME: "ООО «Чистый дом»", SORT: 500, UF_HEAD: "1" };
  const units = UNITS.map((unit, i) => ({
    ID: String(unit.id),
    NAME: unit.name,
    SORT: (i + 1) * 100,
    PARENT: String(ROOT),
    ...(plan.counts.users >= i + 2 ? { UF_HEAD: String(i + 2) } : {}),
  }));
  return [root, ...units];
}

function makeUser(plan: SeedPlan, id: number): Row {
  const { zone } = plan;
  const random = new Random(plan.seed, "user", id);
  const person = makePerson(random);
  const unit = id === 1 ? null : (UNITS[(id - 2) % UNITS.length] as Unit);
  const registered = plan.anchor - random.int(60, 1_800) * DAY;
  const active = id <= UNITS.length + 1 || random.chance(0.95);
  return {
    ID: String(id),
    XML_ID: String(10_000 + id),
    ACTIVE: active,
    NAME: person.name,
    LAST_NAME: person.lastName,
    SECOND_NAME: person.secondName,
    EMAIL: makeEmail(person, random),
    LAST_LOGIN: active ? zone.datetime(plan.anchor - random.int(1, 20 * 24) * 3_600_000) : "",
    DATE_REGISTER: zone.datetime(registered),
    TIME_ZONE: "",
    IS_ONLINE: active && random.chance(0.3) ? "Y" : "N",
    TIMESTAMP_X: {},
    LAST_ACTIVITY_DATE: {},
    PERSONAL_GENDER: person.gender,
    PERSONAL_WWW: "",
    PERSONAL_BIRTHDAY: zone.date(Date.UTC(random.int(1960, 2003), random.int(0, 11), random.int(1, 28))),
    PERSONAL_MOBILE: makeMobile(random),
    PERSONAL_CITY: "Калуга",
    WORK_PHONE: random.chance(0.4) ? String(random.int(100, 499)) : "",
    WORK_POSITION: postOf(id, unit, random),
    UF_EMPLOYMENT_DATE: zone.date(registered),
    UF_DEPARTMENT: [unit ? unit.id : ROOT],
    USER_TYPE: "employee",
  };
}

function postOf(id: number, unit: Unit | null, random: Random): string {
  if (!unit) return "Генеральный директор";
  return id <= UNITS.length + 1 ? unit.head : random.pick(unit.posts);
}
