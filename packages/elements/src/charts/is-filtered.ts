import type { ChartFilters } from "@b24kit/client";

/** Whether filters leave anything out. */
export const isFiltered = ({ from, to, funnel, responsible, source }: ChartFilters): boolean =>
  Boolean(from || to || funnel.length || responsible.length || source.length);
