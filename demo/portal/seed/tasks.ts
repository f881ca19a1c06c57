import type { Row } from "../values.ts";
import { DAY } from "../zone.ts";
import { pastMoment, type SeedPlan } from "./plan.ts";
import { Random } from "./random.ts";

const TITLES = [
  "Позвонить клиенту",
  "Подготовить коммерческое предложение",
  "Согласовать договор",
  "Выехать на осмотр объекта",
  "Выставить счёт",
  "Проверить качество уборки",
];
const TASKS = 60;

/** Tasks of the portal, most of them about a deal. Columns are in capitals; `tasks.task.*` answers in camelCase. */
export function seedTasks(plan: SeedPlan): Row[] {
  return Array.from({ length: TASKS }, (_, i) => makeTask(plan, i + 1));
}

function makeTask(plan: SeedPlan, id: number): Row {
  const { zone, counts } = plan;
  const random = new Random(plan.seed, "task", id);
  const created = pastMoment(plan, random);
  const user = () => String(random.int(1, counts.users));
  const done = random.chance(0.5);
  const closed = done ? zone.datetime(created + random.int(1, 9) * DAY) : null;
  const author = user();
  return {
    ...blankTask(),
    ID: String(id),
    TITLE: random.pick(TITLES),
    CREATED_BY: author,
    CREATED_DATE: zone.datetime(created),
    RESPONSIBLE_ID: user(),
    CHANGED_BY: author,
    CHANGED_DATE: closed ?? zone.datetime(created),
    ACTIVITY_DATE: closed ?? zone.datetime(created),
    STATUS: done ? "5" : random.pick(["2", "3"]),
    STATUS_CHANGED_DATE: closed ?? zone.datetime(created),
    CLOSED_BY: done ? author : "0",
    CLOSED_DATE: closed,
    DEADLINE: random.chance(0.7) ? zone.datetime(created + random.int(1, 30) * DAY) : null,
    PRIORITY: random.pick(["1", "1", "1", "2"]),
    UF_CRM_TASK: counts.deals > 0 && random.chance(0.8) ? [`D_${random.int(1, counts.deals)}`] : false,
  };
}

/** What a task shows for all that nobody filled. */
export function blankTask(): Row {
  return {
    ID: "0",
    PARENT_ID: null,
    TITLE: "",
    DESCRIPTION: "",
    MARK: null,
    PRIORITY: "1",
    MULTITASK: "N",
    NOT_VIEWED: "N",
    REPLICATE: "N",
    STAGE_ID: "0",
    CREATED_BY: "1",
    CREATED_DATE: "",
    RESPONSIBLE_ID: "1",
    CHANGED_BY: "1",
    CHANGED_DATE: "",
    STATUS_CHANGED_BY: null,
    CLOSED_BY: "0",
    CLOSED_DATE: null,
    ACTIVITY_DATE: "",
    DATE_START: null,
    DEADLINE: null,
    START_DATE_PLAN: null,
    END_DATE_PLAN: null,
    XML_ID: null,
    COMMENTS_COUNT: null,
    ALLOW_CHANGE_DEADLINE: "N",
    ALLOW_TIME_TRACKING: "N",
    TASK_CONTROL: "N",
    ADD_IN_REPORT: "N",
    TIME_ESTIMATE: "0",
    TIME_SPENT_IN_LOGS: null,
    MATCH_WORK_TIME: "N",
    GROUP_ID: "0",
    STATUS: "2",
    STATUS_CHANGED_DATE: "",
    DURATION_PLAN: null,
    DURATION_TYPE: "days",
    DESCRIPTION_IN_BBCODE: "Y",
    ACCOMPLICES: [],
    AUDITORS: [],
    UF_CRM_TASK: false,
  };
}
