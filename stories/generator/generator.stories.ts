import "@b24kit/elements/generator/generator/generator.define.ts";
import type { B24Generator } from "@b24kit/elements/generator/generator/generator.ts";
import type { Meta, StoryObj } from "@storybook/web-components-vite";
import {
  type GeneratorApiOptions,
  generationOf,
  generatorApi,
  generatorStatus,
  sampleLog,
  uuid,
} from "../sample/generator.ts";
import { type StoryContext, staged } from "../sample/story.ts";

type Args = Partial<Pick<B24Generator, "heading" | "readonly">> & {
  api: GeneratorApiOptions;
  width?: number;
};

const meta: Meta<Args> = {
  title: "Generator/Generator",
  component: "b24-generator",
  args: { heading: "", readonly: false },
  argTypes: { api: { control: false }, width: { control: "number" } },
  render: ({ api, width, ...properties }, context) =>
    staged<B24Generator>("b24-generator", properties, {
      client: generatorApi(api).client,
      ...(width ? { width } : {}),
    })({}, context as StoryContext),
};
export default meta;

type Story = StoryObj<Args>;
const story = (
  status: GeneratorApiOptions["status"],
  more: Partial<Args & GeneratorApiOptions> = {},
): Story => {
  const { rights, start, own, ...args } = more;
  const api = { status, ...(rights && { rights }), ...(start && { start }), ...(own && { own }) };
  return { args: { ...args, api } };
};

const half = { company: 100, contact: 40 };
const soon = () => new Date(Date.now() + 12_000).toISOString();
const running = generationOf({ state: "running", rate: 38, secondsLeft: 2, linked: 40 }, half);
const session = "a1b2c3d4e5f60718";

export const Idle: Story = story(generatorStatus());
/** The form after "Show without writing". */
export const DryRun: Story = {
  ...story(generatorStatus()),
  play: async ({ canvasElement }) => {
    const element = canvasElement.querySelector("b24-generator");
    for (let tries = 0; tries < 100; tries += 1) {
      const button = element?.shadowRoot?.querySelector<HTMLButtonElement>('[data-action="preview"]');
      if (button) return button.click();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  },
};
export const Running: Story = story(generatorStatus(running), { own: true });
export const RunningElsewhere: Story = story(generatorStatus(running));
export const Queued: Story = story(generatorStatus(generationOf({ state: "queued" })));
export const TabGone: Story = story(
  generatorStatus(generationOf({ state: "held", heldUntil: soon() }, half)),
);
export const WaitingForLimit: Story = story(
  generatorStatus({ ...running, rate: null, waitingUntil: soon() }),
);
const stopping = generationOf({ state: "stopping", underWay: 40 }, half);
export const Stopping: Story = story(generatorStatus(stopping), { own: true });
export const Stopped: Story = story(
  generatorStatus(generationOf({ state: "stopped", reason: "request" }, half), {
    log: sampleLog([["generation_cancelled", { session, reason: "request" }]]),
  }),
);
export const Disconnected: Story = story(
  generatorStatus(generationOf({ state: "stopped", reason: "disconnected" }, half)),
);
export const Failed: Story = story(
  generatorStatus(
    generationOf(
      {
        state: "failed",
        reason: "error",
        error: { code: "portal_unreachable", detail: "Connection timeout" },
      },
      half,
    ),
  ),
);
export const PartialFailure: Story = story(generatorStatus(generationOf({ linked: 96 }, { contact: 96 }, 4)));
export const Done: Story = story(
  generatorStatus(generationOf(), {
    log: sampleLog([
      ["generation_done", { session, company: 100, contact: 100, lead: 0, deal: 0, linked: 100 }],
    ]),
    before: [
      generationOf({ id: uuid(2) }),
      generationOf({ id: uuid(3), state: "undone", undone: { deleted: 200, kept: 0, missing: 0 } }),
    ],
  }),
);
export const Undoing: Story = story(
  generatorStatus(
    generationOf(
      { state: "undoing", rate: 90, undone: { deleted: 120, kept: 0, missing: 0 } },
      { company: 100, contact: 100 },
    ),
  ),
);
export const Undone: Story = story(
  generatorStatus(
    generationOf(
      { state: "undone", undone: { deleted: 197, kept: 3, missing: 0 } },
      { company: 100, contact: 100 },
    ),
  ),
);
export const MayOnlyLook: Story = story(generatorStatus(generationOf()), { rights: ["data:read"] });
export const ReadOnly: Story = story(generatorStatus(running), { readonly: true });
export const RefusedStart: Story = story(generatorStatus(), { start: "generation_active" });
export const Loading: Story = story("silent");
export const NoPortal: Story = story("unknown_portal");
export const NoRights: Story = story("forbidden");
export const ServerError: Story = story("internal");
export const Narrow: Story = story(generatorStatus(running), { width: 320 });
export const English: Story = { ...story(generatorStatus(running)), globals: { locale: "en" } };
export const Dark: Story = { ...story(generatorStatus(generationOf())), globals: { theme: "dark" } };
