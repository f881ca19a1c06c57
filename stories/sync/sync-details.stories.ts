import "@b24kit/elements/sync/sync-details/sync-details.define.ts";
import type { B24SyncDetails } from "@b24kit/elements/sync/sync-details/sync-details.ts";
import type { Meta, StoryObj } from "@storybook/web-components-vite";
import { type StoryContext, staged } from "../sample/story.ts";
import { type SyncApiOptions, sampleStatus, syncApi } from "../sample/sync.ts";

const meta: Meta = { title: "Sync/Details", component: "b24-sync-details" };
export default meta;

type Story = StoryObj;

/** With the newest run's log open where `log` says so. */
function story(
  api: Partial<SyncApiOptions>,
  setting: { width?: number; log?: boolean } = {},
  more = {},
): Story {
  return {
    render: (args: object, context: StoryContext) => {
      const { client } = syncApi({ status: sampleStatus(), ...api });
      const host = staged<B24SyncDetails>("b24-sync-details", more, { client, ...setting })(args, context);
      const element = host.querySelector("b24-sync-details")!;
      const open = (): void => {
        const log = element.shadowRoot?.querySelector<HTMLElement>("[data-action=log]");
        if (log) log.click();
        else requestAnimationFrame(open);
      };
      if (setting.log) requestAnimationFrame(open);
      return host;
    },
  };
}

export const Quiet: Story = story({});
export const WithLog: Story = story({}, { log: true });
export const English: Story = { ...story({}, { log: true }), globals: { locale: "en" } };
export const Dark: Story = { ...story({}, { log: true }), globals: { theme: "dark" } };
export const Narrow: Story = story({}, { log: true, width: 300 });
export const NeverRun: Story = story({ runs: [] });
export const SwitchedOff: Story = story({ config: { enabled: false } });
export const MayOnlyLook: Story = story({}, {}, { readonly: true });
export const Refused: Story = story({ configure: "portal_required" });
export const Loading: Story = story({ runs: "silent" });
export const LogFails: Story = story({ log: "internal" }, { log: true });
export const NoRights: Story = story({ runs: "forbidden" });
export const ServerError: Story = story({ runs: "internal" });
