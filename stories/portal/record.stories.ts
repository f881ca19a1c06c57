import "@b24kit/elements/portal/record/record.define.ts";
import type { B24Record } from "@b24kit/elements/portal/record/record.ts";
import type { Meta, StoryObj } from "@storybook/web-components-vite";
import { type SampleAnswer, sampleClient } from "../sample/client.ts";
import { sampleDeals } from "../sample/deals.ts";
import { staged } from "../sample/story.ts";

const meta: Meta<B24Record> = { title: "Portal/Record", component: "b24-record" };
export default meta;

type Story = StoryObj<B24Record>;

const story = (answer: SampleAnswer, setting: Parameters<typeof staged>[2] = {}): Story => ({
  render: staged<B24Record>(
    "b24-record",
    { query: "deals", params: { id: 1001 }, heading: setting.language === "en" ? "Deal" : "Сделка" },
    { client: sampleClient(answer), ...setting },
  ),
});

export const Deal: Story = story(sampleDeals(1));
export const None: Story = story(sampleDeals(0));
export const Loading: Story = story("silent");
export const Unreachable: Story = story("unreachable");
export const NoRights: Story = story("forbidden");
export const ServerError: Story = story("internal");
export const NothingAsked: Story = { render: staged<B24Record>("b24-record", {}) };
export const English: Story = story(sampleDeals(1), { language: "en" });
export const Dark: Story = story(sampleDeals(1), { theme: "dark" });
export const Narrow: Story = story(sampleDeals(1), { width: 280 });
