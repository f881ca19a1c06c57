import type { PlanFilter, PlanMeasure, PlanTerm } from "@b24kit/client/contract";
import type { MeasureWish } from "./read-measure.ts";

/** What the common words of a question mean where they are said of one view's records. */
interface Manner {
  /** Columns that a list of its records shows. */
  readonly listed: readonly string[];
  /** Its columns for what is usually grouped by, where they are called otherwise. */
  readonly groups?: Readonly<Record<string, string>>;
  /** Its figures, where the common ones do not fit. */
  readonly figures?: Readonly<Partial<Record<MeasureWish, readonly PlanMeasure[]>>>;
  /** Which of them are late. */
  readonly late?: readonly PlanFilter[];
  /** Which of them have not ended. */
  readonly open?: PlanFilter;
  /** The date by which those are told apart that have ended. */
  readonly ended?: string;
}

const everything: PlanTerm = { aggregate: "count", column: null, since: null, filters: [] };
const figure = (given: Partial<PlanMeasure>): readonly PlanMeasure[] => [
  { ...everything, over: null, ...given },
];
const is = (column: string, value: string): PlanFilter => ({ column, operator: "eq", values: [value] });

/** What stands still is no move: the first stage of a record has none before it. */
export const MOVED: PlanFilter = { column: "from_stage", operator: "not_null", values: [] };

const MANNERS: Readonly<Record<string, Manner>> = {
  deals: {
    listed: ["title", "stage", "amount", "company", "responsible", "created", "close_date"],
    late: [is("result", "open"), { column: "close_date", operator: "lt", values: ["today"] }],
  },
  leads: { listed: ["title", "stage", "amount", "source", "responsible", "created"] },
  contacts: { listed: ["name", "company", "source", "responsible", "created"] },
  companies: { listed: ["title", "type", "industry", "responsible", "created"] },
  tasks: {
    listed: ["title", "status", "priority", "responsible", "created", "deadline"],
    groups: { stage: "status", result: "status" },
    figures: {
      days_average: figure({ aggregate: "avg", column: "closed_at", since: "created" }),
      days_median: figure({ aggregate: "median", column: "closed_at", since: "created" }),
    },
    late: [is("closed", "false"), { column: "deadline", operator: "lt", values: ["now"] }],
    open: is("closed", "false"),
    ended: "closed_at",
  },
  calls: {
    listed: ["started", "direction", "outcome", "responsible", "minutes"],
    groups: { funnel: "direction", type: "direction", result: "outcome", stage: "outcome" },
    figures: { days_average: figure({ aggregate: "avg", column: "minutes" }) },
  },
  product_rows: {
    listed: ["product", "quantity", "price", "amount", "deal", "created"],
    groups: { company: "deals.company", contact: "deals.contact" },
    figures: { count: figure({ aggregate: "sum", column: "quantity" }) },
  },
};

export function mannerOf(view: string): Manner {
  return MANNERS[view] ?? { listed: [] };
}
