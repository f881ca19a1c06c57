import type { ChartData } from "./aggregate.ts";

/** What was reached of what was to be reached. */
export interface PlanFact {
  fact: number;
  plan: number | undefined;
}

const total = (values: Float64Array | undefined) => values?.reduce((sum, v) => sum + (v || 0), 0);

/** The first quantity against the target, else against a second quantity of the same unit. */
export function planFact({ series, target }: ChartData): PlanFact {
  const [fact, plan] = series;
  const alike = plan && plan.unit === fact?.unit && plan.key === undefined;
  return {
    fact: total(fact?.values) ?? Number.NaN,
    plan: target ?? (alike ? total(plan.values) : undefined),
  };
}
