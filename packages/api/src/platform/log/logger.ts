import { type DestinationStream, type Logger as Pino, pino } from "pino";
import { redact } from "./redact.ts";

export type Logger = Pick<Pino, "debug" | "info" | "warn" | "error" | "fatal"> & {
  child(bindings: object): Logger;
};

export interface LogOptions {
  readonly level: "debug" | "info" | "warn" | "error" | "silent";
  /** `json` for machines; `plain` is one readable line per event, for the demo's terminal. */
  readonly form: "json" | "plain";
  readonly destination?: DestinationStream;
}

/** The process's log. Secrets cannot pass: keys are censored by one list, strings by one set of patterns. */
export function createLogger(options: LogOptions): Logger {
  const target = options.destination ?? process.stdout;
  const base = {
    level: options.level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: redact.paths,
  };
  const hooks = {
    streamWrite: (line: string) =>
      options.form === "plain" ? toPlain(redact.text(line)) : redact.text(line),
  };
  const formatters = { level: (level: string) => ({ level }) };
  return pino({ ...base, hooks, formatters }, target);
}

/** e.g. `12:30:01 info  http GET /health 200 3ms`. */
function toPlain(line: string): string {
  const { level, time, msg, err, ...rest } = JSON.parse(line) as Record<string, unknown> & {
    err?: { stack?: string };
  };
  const fields = Object.entries(rest).map(
    ([key, value]) => `${key}=${typeof value === "object" ? JSON.stringify(value) : value}`,
  );
  const head = `${String(time).slice(11, 19)} ${String(level).padEnd(5)} ${msg ?? ""}`;
  return `${[head, ...fields].join(" ")}${err?.stack ? `\n${err.stack}` : ""}\n`;
}
