import type { ChartType } from "../chart-type.ts";
import type { Form } from "./form.ts";

const forms: Record<ChartType, () => Promise<{ form: Form }>> = {
  kpi: () => import("./kpi.ts"),
  bar: () => import("./bar.ts"),
  line: () => import("./line.ts"),
  area: () => import("./area.ts"),
  combo: () => import("./combo.ts"),
  pie: () => import("./pie.ts"),
  funnel: () => import("./funnel.ts"),
  gauge: () => import("./gauge.ts"),
  scatter: () => import("./scatter.ts"),
  heatmap: () => import("./heatmap.ts"),
  calendar: () => import("./calendar.ts"),
  radar: () => import("./radar.ts"),
  treemap: () => import("./treemap.ts"),
  sankey: () => import("./sankey.ts"),
  pivot: () => import("./pivot.ts"),
  table: () => import("./table.ts"),
};

const loaded = new Map<ChartType, Form>();

/** The form where its code is here already. */
export const formOf = (type: ChartType): Form | undefined => loaded.get(type);

/** Brings a form's code, with its part of ECharts. */
export async function loadForm(type: ChartType): Promise<Form> {
  const { form } = await forms[type]();
  loaded.set(type, form);
  return form;
}

/** Gives an element the styles of what a form draws by itself; once. */
export function wearStyles(root: ShadowRoot, { styles }: Form): void {
  const sheet = styles?.styleSheet;
  if (sheet && !root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
}
