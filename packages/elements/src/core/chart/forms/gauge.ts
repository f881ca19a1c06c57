import { GaugeChart } from "echarts/charts";
import type { EChartsCoreOption } from "echarts/core";
import { type Drawing, plainText } from "../drawing.ts";
import { planFact } from "../plan-fact.ts";
import type { Form } from "./form.ts";

/** Half a ring that fills up to the plan; the figure and its share stand in it. */
function gaugeOption(drawing: Drawing): EChartsCoreOption {
  const { data, words, palette, narrow } = drawing;
  const [one] = data.series;
  if (!one) return { series: [] };
  const { fact, plan = fact || 1 } = planFact(data);
  const share = plan ? fact / plan : 0;
  const colour = share >= 1 ? palette.success : palette["series-1"];
  const ring = narrow ? 14 : 18;
  return {
    legend: { show: false },
    series: [
      {
        type: "gauge",
        startAngle: 200,
        endAngle: -20,
        min: 0,
        max: 1,
        radius: "96%",
        center: ["50%", "62%"],
        progress: { show: true, width: ring, roundCap: true, itemStyle: { color: colour } },
        axisLine: { roundCap: true, lineStyle: { width: ring, color: [[1, palette["neutral-soft"]]] } },
        pointer: { show: false },
        anchor: { show: false },
        axisTick: { show: false },
        splitLine: { show: false },
        axisLabel: { show: false },
        title: { offsetCenter: [0, "18%"], color: palette["text-secondary"], fontSize: 13, lineHeight: 18 },
        detail: {
          offsetCenter: [0, "-14%"],
          color: palette.text,
          fontSize: narrow ? 28 : 36,
          fontWeight: 300,
          formatter: () => plainText(words.percent(share)),
        },
        data: [
          {
            value: Math.min(1, Math.max(0, share)),
            name: plainText(words.fixed.factOfPlan(words.short(fact, one), words.short(plan, one))),
          },
        ],
      },
    ],
  };
}

export const form: Form = {
  extensions: [GaugeChart],
  option: gaugeOption,
  height: () => 220,
  marks: () => [{ category: 0, at: { seriesIndex: 0, dataIndex: 0 } }],
  markAt: () => undefined,
  read: (data, words) => {
    const [one] = data.series;
    const { fact, plan } = planFact(data);
    if (!one) return { title: "", lines: [] };
    const lines = [{ name: words.fixed.fact, value: words.exact(fact, one), series: 0 }];
    if (plan !== undefined) {
      lines.push({ name: words.fixed.target, value: words.exact(plan, one), series: -1 });
      lines.push({ name: words.fixed.share, value: plan ? words.percent(fact / plan) : "—", series: -1 });
    }
    return {
      title: words.series(one),
      lines: lines.map(({ series, ...line }) => (series < 0 ? line : { ...line, series })),
    };
  },
  trigger: "item",
};
