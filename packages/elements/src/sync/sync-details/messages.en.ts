import { counted } from "../../core/index.ts";
import type { DetailsMessages } from "./messages.ts";

const rows = (n: number) => counted("en", n, { one: "record", other: "records" });
const requests = (n: number) => counted("en", n, { one: "request", other: "requests" });
const retries = (n: number) => counted("en", n, { one: "retry", other: "retries" });
const values = (n: number) => counted("en", n, { one: "value", other: "values" });

const kinds: Record<string, string> = {
  full: "full load",
  incremental: "update of changes",
  reconcile: "comparison",
};

export const en: DetailsMessages = {
  schedule: "Schedule",
  enabled: "Update on a schedule",
  enabledHint: "Otherwise data changes only with events and by the button.",
  interval: "Every so many minutes",
  intervalHint: "From 1 minute to a week (10,080).",
  intervalWrong: "Enter a whole number of minutes from 1 to 10,080.",
  webhook: "Take up the portal's events",
  webhookHint: "Changes come within seconds, without waiting for the schedule.",
  contract: "When the portal's fields change",
  contracts: {
    evolve: "Change the table with the portal",
    quarantine: "Keep the columns, quarantine what is new",
    freeze: "Stop and say so",
  },
  contractHints: {
    evolve: "A new field becomes a column; earlier values are kept.",
    quarantine: "Values of new fields, and those that fit no column, wait in quarantine as they came.",
    freeze: "While the fields differ, nothing is brought up to date.",
  },
  save: "Save",
  saved: "Saved",
  noRight: "You may not change the schedule: it takes the right sync:run",
  history: "History of runs",
  noRuns: "There was no run yet.",
  more: "Show more",
  types: { full: "Full load", incremental: "Update", reconcile: "Comparison" },
  states: {
    queued: "queued",
    running: "running",
    waiting: "waiting for the portal",
    paused: "paused",
    completed: "done",
    failed: "failed",
    cancelled: "stopped",
  },
  read: (n) => `${rows(n)} read`,
  changed: (n) => `${rows(n)} changed`,
  requests,
  retries,
  took: (duration) => `in\u00a0${duration}`,
  showLog: "Log",
  logOf: (run) => `Log of the run: ${run}`,
  emptyLog: "This run wrote nothing down.",
  levels: { info: "Information", warning: "Warning", error: "Error" },
  log: {
    run_queued: (v) =>
      `Queued ${v.text("cause") === "schedule" ? "by the schedule" : "by hand"}: ${kinds[v.text("type")] ?? v.text("type")}`,
    run_started: () => "The sync has begun",
    run_resumed: () => "Continued after a break from where it stood",
    run_planned: (v) =>
      `${v.flag("everything") ? "Loading everything" : "Loading changes"}: about ${rows(v.amount("rows"))}, parts: ${v.number("partitions")}`,
    run_waiting: (v) =>
      v.text("until")
        ? `The portal has limited requests; waiting until ${v.time("until")}`
        : `Waiting: ${v.error("code") || v.text("code")}`,
    run_retried: (v) => `${retries(v.amount("times"))} after a failure: ${v.error("code") || v.text("code")}`,
    run_completed: (v) =>
      `Done: ${rows(v.amount("read"))} read, ${v.number("written")} changed, ${requests(v.amount("requests"))}, ${v.duration("serverSeconds")} of the portal's work, ${v.duration("seconds")} in all`,
    run_failed: (v) => `The sync failed: ${v.error("code") || v.text("code")}`,
    run_cancelled: () => "Stopped by a person; what was loaded stays",
    run_paused: () => "Paused",
    run_unpaused: () => "Continued",
    field_added: (v) => `A new field of the portal: column ${v.text("column")} was added`,
    field_retyped: (v) =>
      `A field changed its type: column ${v.text("column")} was made anew, earlier values are in ${v.text("keptAs")}`,
    fields_left_out: (v) => `Fields without a column: ${v.number("count")} (the table is too wide already)`,
    dictionary_skipped: (v) => `The dictionary "${v.text("dictionary")}" cannot be read: ${v.error("code")}`,
    values_quarantined: (v) =>
      `${values(v.amount("count"))} did not fit their column and wait in quarantine; the records are loaded`,
    deletes_found: (v) => `Deleted in the portal: ${rows(v.amount("count"))}; marked as deleted`,
    deletes_withheld: (v) =>
      `The portal did not show ${rows(v.amount("count"))}. This looks like lost rights, so nothing was deleted`,
    records_unread: (v) => `Ranges that were not read: ${v.number("ranges")}; the next run fetches them`,
    reconciled: (v) =>
      `Comparison: source ${v.number("source")} ${v.amount("source") === v.amount("mirror") ? "=" : "≠"} mirror ${v.number("mirror")}`,
  },
};
