import type { B24Table } from "@b24kit/elements/core/table/table.ts";
import "@b24kit/elements/core/table/table.define.ts";
import { type SampleAnswer, sampleClient } from "../sample/client.ts";
import { sampleDeals } from "../sample/deals.ts";
import { staged } from "../sample/story.ts";

export default { title: "Table", component: "b24-table", tags: ["autodocs"] };

const rows = (count: number, setting = {}) => ({
  render: staged<B24Table>("b24-table", { data: sampleDeals(count) }, setting),
});
const query = (...answers: SampleAnswer[]) => ({
  render: staged<B24Table>("b24-table", { query: "deals" }, { client: sampleClient(...answers) }),
});

export const Data = rows(10_000);
export const HundredThousandRows = rows(100_000);
export const Few = rows(4);
export const English = rows(500, { language: "en" });
export const Dark = rows(500, { theme: "dark" });
export const Narrow = rows(500, { width: 320 });
export const NarrowDark = rows(500, { width: 320, theme: "dark" });
export const Loading = query("silent");
export const Empty = query(sampleDeals(0));
export const Failed = query("portal_unreachable");
export const MissingScope = query("insufficient_scope");
export const NoRights = query("forbidden");
export const Offline = query("unreachable");
export const Idle = { render: staged<B24Table>("b24-table", {}) };

/** The second answer fails: the rows stay, and say how old they are. */
export const Stale = {
  render: staged<B24Table>(
    "b24-table",
    { query: "deals" },
    { client: sampleClient(sampleDeals(40), "database_unavailable") },
  ),
  play: async ({ canvasElement }: { canvasElement: HTMLElement }) => {
    const table = canvasElement.querySelector("b24-table");
    while (!table?.shadowRoot?.querySelector("[role=gridcell]")) await new Promise(requestAnimationFrame);
    table.refresh();
  },
};

/** Search, filters and two sort keys at once. */
export const Arranged = {
  ...rows(2000),
  play: async ({ canvasElement }: { canvasElement: HTMLElement }) => {
    const root = canvasElement.querySelector("b24-table")?.shadowRoot;
    while (!root?.querySelector("[role=gridcell]")) await new Promise(requestAnimationFrame);
    root.querySelector<HTMLElement>("[data-column=stage]")?.click();
    root
      .querySelector<HTMLElement>("[data-column=opportunity]")
      ?.dispatchEvent(new MouseEvent("click", { shiftKey: true, bubbles: true }));
    root.querySelector<HTMLElement>(".tools button[aria-expanded]")?.click();
    while (!root.querySelector(".choice")) await new Promise(requestAnimationFrame);
    root.querySelector<HTMLElement>(".choice")?.click();
  },
};
