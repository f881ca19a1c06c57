import type { ChartSettings, ChartSettingsChange } from "@b24kit/client";

export const settingsSample: ChartSettings = {
  sharing: "values",
  tokensPerDay: 200_000,
  tokensToday: 18_400,
  costToday: 0.0041,
  model: "gpt-4o-mini",
  sql: "on",
  sqlReason: null,
};

export const settingsChangesSample: ChartSettingsChange[] = [
  { at: "2026-05-12T11:05:00Z", who: "user:anna@example.com", sharing: "values", sql: "on" },
  { at: "2026-05-02T08:30:00Z", who: "key:CRM", tokensPerDay: 200_000 },
];
