import type { ChartSpec } from "@b24kit/client";
import type { Table } from "@uwdata/flechette";
import { html, type TemplateResult } from "lit";
import { ifDefined } from "lit/directives/if-defined.js";
import type { ChartSelectEvent } from "../core/chart/events.ts";
import type { Language } from "../core/index.ts";
import { specWishes } from "./spec-wishes.ts";

export interface SpecChart {
  spec: ChartSpec;
  table: Table;
  language: Language;
  heading?: string | undefined;
  noExport?: boolean;
  readonly?: boolean;
  /** Of a kept chart: shows what puts it on another page. */
  onEmbed?: (() => void) | undefined;
  /** A picture stands in its place until it is drawn. */
  pictured?: boolean;
  onSettled?: (() => void) | undefined;
  slot?: TemplateResult | undefined;
  onSelect?: ((event: ChartSelectEvent) => void) | undefined;
}

/** A spec of the API as the element that draws every chart. */
export function specChart(chart: SpecChart): TemplateResult {
  const { spec, table, language, heading } = chart;
  const { type, x, y, series, grain, seriesGrain, stack, target, earlier, unit } = specWishes(spec);
  const { onEmbed } = chart;
  const embed = (event: Event) => {
    event.preventDefault();
    onEmbed?.();
  };
  return html`<b24-chart class="chart" .data=${table} type=${type} x=${ifDefined(x)} y=${y ?? ""}
    series=${ifDefined(series)} grain=${ifDefined(grain)} series-grain=${ifDefined(seriesGrain)} stack=${stack}
    .target=${target} .pictured=${chart.pictured ?? false} @b24-chart-settled=${chart.onSettled} earlier=${ifDefined(earlier)} unit=${ifDefined(unit)}
    @b24-chart-select=${chart.onSelect} heading=${heading ?? spec.title[language]} .sql=${spec.source.sql || undefined} .embed=${onEmbed && spec.id} @b24-chart-embed=${embed}
    ?no-export=${chart.noExport ?? false} ?readonly=${chart.readonly ?? false}>${chart.slot}</b24-chart>`;
}
