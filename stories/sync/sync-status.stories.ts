import type { EntityStatus } from "@b24kit/client";
import "@b24kit/elements/provider/provider.define.ts";
import "@b24kit/elements/sync/sync-status/sync-status.define.ts";
import type { B24SyncStatus } from "@b24kit/elements/sync/sync-status/sync-status.ts";
import type { Meta, StoryObj } from "@storybook/web-components-vite";
import {
  busyLimits,
  loading,
  manyStatus,
  runOf,
  type SyncApiOptions,
  sampleStatus,
  statusOf,
  syncApi,
} from "../sample/sync.ts";

type Args = Pick<B24SyncStatus, "entities" | "heading" | "readonly"> & {
  api: SyncApiOptions;
  width?: number;
  /** Entity whose row is opened. */
  opened?: string;
};

const meta: Meta<Args> = {
  title: "Sync/Status",
  component: "b24-sync-status",
  args: { entities: "", heading: "", readonly: false },
  argTypes: { api: { control: false }, width: { control: "number" } },
  render: ({ api, entities, heading, readonly, width, opened }) => {
    const place = document.createElement("div");
    if (width) place.style.maxWidth = `${width}px`;
    // Times are of now, so the answers are made when the story is drawn.
    const { client } = syncApi(api);
    place.append(document.createElement("b24-provider"));
    const provider = place.querySelector("b24-provider")!;
    provider.client = client;
    const element = document.createElement("b24-sync-status");
    Object.assign(element, { entities, heading, readonly });
    provider.append(element);
    const open = (): void => {
      const toggle = element.shadowRoot?.querySelector<HTMLElement>(
        `[data-entity=${opened}] [data-action=details]`,
      );
      if (toggle) toggle.click();
      else requestAnimationFrame(open);
    };
    if (opened) requestAnimationFrame(open);
    return place;
  },
};
export default meta;

type Story = StoryObj<Args>;

const fresh: Partial<EntityStatus> = { rows: 0, run: null, lastCompletedAt: null, nextRunAt: null };
const soon = () => new Date(Date.now() + 90_000).toISOString();
const story = (status: SyncApiOptions["status"], more: Partial<Args & SyncApiOptions> = {}): Story => {
  const { rights, start, limits, ...args } = more;
  const api = {
    status,
    ...(rights ? { rights } : {}),
    ...(start ? { start } : {}),
    ...(limits ? { limits } : {}),
  };
  return { args: { ...args, api } };
};

export const Quiet: Story = story(sampleStatus());
export const NeverLoaded: Story = story(
  sampleStatus({ deal: fresh, contact: fresh, lead: fresh, company: fresh }),
);
export const FirstLoad: Story = story(
  sampleStatus({
    deal: loading,
    contact: { run: runOf("contact", { rowsRead: 4000, rowsWritten: 4000, rowsExpected: 4000 }) },
    lead: {
      ...loading,
      rows: 0,
      run: runOf("lead", { state: "running", rowsRead: 0, rowsExpected: null, requests: 0 }),
    },
    company: { ...fresh, run: runOf("company", { state: "queued", startedAt: null, rowsRead: 0 }) },
  }),
);
export const WaitingForLimit: Story = story(
  sampleStatus({
    deal: {
      ...loading,
      run: runOf("deal", { ...loading.run, state: "waiting", rate: null, retries: 3, waitingUntil: soon() }),
    },
  }),
);
export const Failed: Story = story(
  sampleStatus({
    deal: {
      run: runOf("deal", {
        state: "failed",
        rowsRead: 0,
        error: { code: "insufficient_scope", detail: "crm.deal.list: insufficient_scope (crm)" },
      }),
    },
    lead: {
      run: runOf("lead", {
        state: "failed",
        error: { code: "portal_unreachable", detail: "connect ETIMEDOUT" },
      }),
    },
  }),
);
export const Stopped: Story = story(
  sampleStatus({ deal: { run: runOf("deal", { state: "cancelled", rowsRead: 4200 }) } }),
);
export const Resumed: Story = story(
  sampleStatus({ deal: { ...loading, run: { ...loading.run!, resumed: 1 } } }),
);
export const Paused: Story = story(
  sampleStatus({ deal: { ...loading, run: runOf("deal", { ...loading.run, state: "paused", rate: null }) } }),
);
const compared = { at: new Date(Date.now() - 7_200_000).toISOString(), deleted: 0, withheld: 0 };
export const Compared: Story = story(
  sampleStatus({
    deal: { rows: 12_745, reconcile: { ...compared, source: 12_745, mirror: 12_745 } },
    contact: {
      quarantined: 3,
      reconcile: { ...compared, source: 2200, mirror: 4000, withheld: 1800 },
    },
  }),
);
export const LimitsInUse: Story = story(sampleStatus({ deal: loading }), { limits: busyLimits });
export const Opened: Story = story(sampleStatus(), { opened: "contact" });
export const OpenedNarrow: Story = story(sampleStatus(), { opened: "deal", width: 320 });
const many = manyStatus({
  task: { ...loading, run: runOf("task", loading.run ?? {}) },
  call: {
    ...fresh,
    run: runOf("call", {
      state: "failed",
      error: {
        code: "insufficient_scope",
        detail: "The webhook has no scope for voximplant.statistic.get: telephony",
      },
    }),
  },
});
export const ManyKinds: Story = story(many, { limits: busyLimits });
export const ManyKindsNarrow: Story = story(many, { width: 320 });
export const RefusedStart: Story = story(sampleStatus(), { start: "run_active" });
export const MayOnlyLook: Story = story(sampleStatus(), { rights: ["data:read"] });
export const ReadOnly: Story = story(sampleStatus({ deal: loading }), { readonly: true });
export const Loading: Story = story("silent");
export const NoPortal: Story = story("unknown_portal");
export const NoRights: Story = story("forbidden");
export const ServerError: Story = story("internal");
export const Unreachable: Story = story("unreachable");
export const Narrow: Story = story(sampleStatus({ deal: loading }), { width: 320 });
export const OneEntity: Story = story(sampleStatus({ deal: loading }), {
  entities: "deal",
  heading: "Сделки портала",
});
export const English: Story = { ...story(sampleStatus({ deal: loading })), globals: { locale: "en" } };
export const Dark: Story = { ...story(sampleStatus({ deal: loading })), globals: { theme: "dark" } };

/** A load from start to end in about twelve seconds, as the live connection tells it. */
export const Live: Story = {
  args: { api: { status: sampleStatus({ deal: { ...fresh } }) } },
  render: ({ api: options }) => {
    const api = syncApi(options);
    const provider = document.createElement("b24-provider");
    provider.client = api.client;
    provider.append(document.createElement("b24-sync-status"));
    let rows = 0;
    const timer = setInterval(() => {
      rows = Math.min(10_000, rows + 430);
      const done = rows === 10_000;
      const run = runOf("deal", {
        id: 77,
        state: done ? "completed" : "running",
        rowsRead: rows,
        rowsWritten: rows,
        rate: 860,
        secondsLeft: (10_000 - rows) / 860,
        requests: Math.ceil(rows / 2500),
      });
      api.emit(statusOf("deal", { rows, run, ...(done ? {} : { lastCompletedAt: null, nextRunAt: null }) }));
      if (done || !provider.isConnected) clearInterval(timer);
    }, 500);
    return provider;
  },
};
