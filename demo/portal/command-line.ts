import { parseArgs } from "node:util";
import { PLANS, type Plan } from "./limits/settings.ts";
import { type Counts, DEFAULT_COUNTS } from "./seed/plan.ts";
import type { StartPortalOptions } from "./start-portal.ts";

export const HELP = `A Bitrix24 portal for development and tests, without accounts.

  npm run portal -- [options]

  --port <n>          where it listens; 0 takes a free port     8081   PORTAL_PORT
  --host <address>    0.0.0.0 lets other machines in            127.0.0.1
  --seed <n>          other data with every number              1      DEMO_SEED
  --deals <n>         how many deals; the same with --contacts, --companies, --leads, --users
                                                                10000  4000  1500  2000  82
  --data <folder>     keeps the portal over restarts; what is kept there wins over the seed
                                                                none   DATA_DIR
  --plan <name>       ordinary: 50 requests at once, 2 a second; enterprise: 250, 5
                                                                ordinary
  --tls               https, with a certificate made at every start
  --url <address>     what it calls itself behind a proxy              PORTAL_URL
  --strict-handlers   refuses handlers on this machine and on plain http, as a cloud portal does
                                                                       PORTAL_STRICT_HANDLERS=1
  --help

Its pages are at /, its switches under /_emulator/; demo/portal/README.md tells the rest.`;

export interface CommandLine {
  /** Only the help was asked for. */
  help: boolean;
  tls: boolean;
  options: StartPortalOptions;
}

const COUNTS = Object.keys(DEFAULT_COUNTS) as (keyof Counts)[];
const RECORDS = 5_000_000;
const MOST: Counts = {
  deals: RECORDS,
  contacts: RECORDS,
  companies: RECORDS,
  leads: RECORDS,
  users: 100_000,
};

/**
 * What the command line and the environment say, the former first.
 * @throws Error in words for the person who typed it
 */
export function readCommandLine(args: readonly string[], env: NodeJS.ProcessEnv): CommandLine {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...texts("port", "host", "seed", "data", "plan", "url", ...COUNTS),
      tls: { type: "boolean" },
      "strict-handlers": { type: "boolean" },
      help: { type: "boolean", short: "h" },
    },
  });
  const given = values as Record<string, string | boolean | undefined>;
  const text = (name: string, variable = "") => given[name]?.toString() || env[variable] || undefined;
  const strict = given["strict-handlers"] === true || env.PORTAL_STRICT_HANDLERS === "1";
  return {
    help: given.help === true,
    tls: given.tls === true,
    options: defined({
      port: wholeNumber("--port or PORTAL_PORT", text("port", "PORTAL_PORT"), 65_535) ?? 8081,
      host: text("host"),
      seed: wholeNumber("--seed or DEMO_SEED", text("seed", "DEMO_SEED"), 2_147_483_647) ?? 1,
      counts: readCounts(text),
      dataDir: text("data", "DATA_DIR"),
      plan: readPlan(text("plan")),
      publicUrl: readAddress(text("url", "PORTAL_URL")),
      // For life on one machine, handlers here and on plain http are called, unless the portal is to be strict.
      handlers: strict ? {} : { local: true, plainHttp: true },
    }),
  };
}

const texts = (...names: string[]) =>
  Object.fromEntries(names.map((name) => [name, { type: "string" }] as const));

function readCounts(text: (name: string) => string | undefined): Partial<Counts> {
  const counts = COUNTS.map((name) => [name, wholeNumber(`--${name}`, text(name), MOST[name])] as const);
  const given: Partial<Counts> = defined(Object.fromEntries(counts));
  if (given.users === 0) throw new Error("--users must be 1 or more: person 1 runs the portal");
  return given;
}

function readPlan(text: string | undefined): Plan | undefined {
  if (text === undefined || Object.hasOwn(PLANS, text)) return text as Plan | undefined;
  throw new Error(`--plan must be ${Object.keys(PLANS).join(" or ")}, not "${text}"`);
}

function readAddress(text: string | undefined): string | undefined {
  if (text === undefined || /^https?:/.test(URL.canParse(text) ? text : "")) return text?.replace(/\/+$/, "");
  throw new Error(`--url or PORTAL_URL must be an http or https address, not "${text}"`);
}

function wholeNumber(name: string, text: string | undefined, most: number): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,10}$/.test(text) && Number(text) <= most) return Number(text);
  throw new Error(`${name} must be a whole number up to ${most}, not "${text}"`);
}

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

function defined<T extends object>(values: T): Defined<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Defined<T>;
}
