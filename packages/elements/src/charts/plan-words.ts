import type { Catalogue, Plan, PlanDimension, PlanMeasure, PlanPeriod } from "@b24kit/client";
import type { LocaleController } from "../core/index.ts";
import { type ChartsMessages, chartsTexts } from "./messages.ts";
import { columnOf } from "./plan-columns.ts";

/** A plan in words of the reader and the portal. */
export class PlanWords {
  readonly #catalogue: Catalogue | undefined;
  readonly #locale: LocaleController;

  constructor(catalogue: Catalogue | undefined, locale: LocaleController) {
    this.#catalogue = catalogue;
    this.#locale = locale;
  }

  get #t(): ChartsMessages {
    return this.#locale.texts(chartsTexts);
  }

  column(entity: string, name: string): string {
    return columnOf(this.#catalogue, entity, name)?.label[this.#locale.language] ?? name;
  }

  measure(entity: string, { aggregate, column, over, since }: PlanMeasure): string {
    const t = this.#t;
    if (over) return t.ratio;
    if (since) return t.duration;
    const of = column ? this.column(entity, column) : "";
    return t.aggregates[aggregate](of);
  }

  dimension(entity: string, { column, grain }: PlanDimension): string {
    if (grain) return this.#t.byGrain[grain];
    return this.#t.by(this.column(entity, column));
  }

  period(period: PlanPeriod | null): string {
    const t = this.#t;
    if (!period) return t.allTime;
    const { kind, unit, count, from, to } = period;
    const day = (text: string | null) =>
      text ? this.#locale.format.date(Date.parse(text), { calendar: true }) : "…";
    if (kind === "between") return t.between(day(from), day(to));
    return t.periods[kind](unit ?? "month", count ?? 1);
  }

  /** All of it in a line. */
  plan(plan: Plan): string {
    const { entity, measures, dimensions } = plan;
    const figures = measures.map((measure) => this.measure(entity, measure));
    return [...figures, ...dimensions.map((one) => this.dimension(entity, one)), this.period(plan.period)]
      .filter(Boolean)
      .join(" · ");
  }
}
