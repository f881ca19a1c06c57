import "@b24kit/elements/core/chart/chart.define.ts";
import "@b24kit/elements/core/table/table.define.ts";
import type { B24Chart } from "@b24kit/elements/core/chart/chart.ts";
import type { B24Table } from "@b24kit/elements/core/table/table.ts";
import { tableFromIPC } from "@uwdata/flechette";

// A page under a strict Content-Security-Policy: every element in use, each violation noted on <html>. Its tables come
// as Arrow bytes, as from the API: building one in the page needs eval, which such pages refuse.
const violations: string[] = [];
document.addEventListener("securitypolicyviolation", ({ violatedDirective, sourceFile, sample }) => {
  violations.push([violatedDirective, sourceFile, sample].join(" "));
  document.documentElement.dataset.violations = violations.join("; ");
});

function show([deals, ...charts]: readonly Uint8Array[]): void {
  const table: B24Table = document.createElement("b24-table");
  table.data = tableFromIPC(deals!);
  document.body.append(table);
  for (const [i, type] of (["bar", "line", "pie"] as const).entries()) {
    const chart: B24Chart = document.createElement("b24-chart");
    Object.assign(chart, { data: tableFromIPC(charts[i]!), type });
    document.body.append(chart);
  }
  wait();
}

const drawn = () =>
  [...document.querySelectorAll("b24-chart")].every((chart) => chart.shadowRoot?.querySelector("svg path"));
const wait = (): void => {
  if (drawn()) void finish();
  else requestAnimationFrame(wait);
};

async function finish(): Promise<void> {
  const charts = [...document.querySelectorAll("b24-chart")];
  for (const chart of charts) {
    chart.shadowRoot
      ?.querySelector<HTMLElement>(".reader")
      ?.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight" }));
  }
  const sizes = await Promise.all(charts.map(async (chart) => (await chart.export("png"))?.size ?? 0));
  document.documentElement.dataset.pictures = sizes.join(" ");
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      document.documentElement.dataset.state = "drawn";
    }),
  );
}
addEventListener("message", (event: MessageEvent<Uint8Array[]>) => show(event.data), { once: true });
document.documentElement.dataset.state = "listening";
