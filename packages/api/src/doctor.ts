import { parseArgs } from "node:util";
import { ConfigError, readConfig } from "./config.ts";
import { type Examination, examine } from "./doctor/examine.ts";
import { type DoctorMessages, messagesFor } from "./doctor/messages.ts";
import { writeReport } from "./doctor/report.ts";

/** Wider lines are hard to read. */
const WIDEST = 100;

/** `npm run doctor`: checks settings, database and portals, measures, and says what to do. Exit code 1: something failed. */
async function main(t: DoctorMessages): Promise<number> {
  const asked = readArguments();
  if (asked === null) {
    console.error(t.usage);
    return 2;
  }
  if (asked.help) {
    console.log(t.usage);
    return 0;
  }
  const examination = await examineAll(asked.write);
  if (asked.json) console.log(JSON.stringify(examination, null, 2));
  else {
    const colours = process.stdout.isTTY === true && !process.env["NO_COLOR"];
    const width = Math.min(WIDEST, process.stdout.columns ?? WIDEST);
    process.stdout.write(writeReport(examination, { t, colours, width, write: asked.write }));
  }
  return examination.findings.some(({ state }) => state === "failed") ? 1 : 0;
}

function readArguments(): { write: boolean; json: boolean; help: boolean } | null {
  const flag = { type: "boolean", default: false } as const;
  try {
    return parseArgs({ options: { write: flag, json: flag, help: flag } }).values;
  } catch {
    return null;
  }
}

async function examineAll(write: boolean): Promise<Examination> {
  try {
    return await examine(readConfig(process.env, { demo: false }), { write });
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const findings = error.faults.map(
      ({ name, problem }) =>
        ({
          section: "settings",
          state: "failed",
          code: "setting_faulty",
          values: { name, problem },
        }) as const,
    );
    return { findings, portals: {} };
  }
}

const language = process.env["LC_ALL"] || process.env["LC_MESSAGES"] || process.env["LANG"];
// Nothing that was opened to look at may keep a person waiting.
process.exit(await main(messagesFor(language)));
