/** `npm start`: two portal emulators, the database, the API with its worker, and the page that shows it all. */
import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { type Config, ConfigError, readConfig } from "../packages/api/src/config.ts";
import { createLogger } from "../packages/api/src/platform/log/logger.ts";
import { start } from "../packages/api/src/start.ts";
import { offerApplication } from "./offer-application.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
/** A stop that takes longer is cut off: nothing is lost by it. */
const PATIENCE_MS = 9_000;
const say = (line: string) => console.log(line);

interface Emulator {
  url: string;
  webhookUrl: string;
}

/** One emulated portal in a process of its own, which ends with ours however ours ends. */
async function startEmulator(name: string, port: number, seed: number, dataDir: string): Promise<Emulator> {
  const child = fork(here("portal/main.ts"), {
    env: { ...process.env, PORTAL_PORT: String(port), DEMO_SEED: String(seed), DATA_DIR: dataDir },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  return firstMessage(
    child,
    `Portal emulator ${name} did not start. Is port ${port} taken? Set PORTAL_PORT so that it and the next one are free.`,
  );
}

/** The scripted model, unless a real one is set: then null. */
async function startModel({ openai, emulators }: Config): Promise<{ baseUrl: string } | null> {
  if (openai.apiKey || openai.baseUrl) return null;
  const child = fork(here("openai/main.ts"), {
    env: { ...process.env, OPENAI_PORT: String(emulators.openaiPort ?? "") },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  return firstMessage(
    child,
    `The scripted model did not start. Is OPENAI_PORT ${emulators.openaiPort ?? ""} taken?`,
  );
}

/** What the child says first. @throws Error with these words where it ends before */
function firstMessage<T>(child: ChildProcess, words: string): Promise<T> {
  const ready = once(child, "message").then(([message]) => message as T);
  const gone = once(child, "exit").then(() => {
    throw new Error(words);
  });
  gone.catch(() => {});
  return Promise.race([ready, gone]);
}

/** The script-tag build; takes seconds the first time and nothing while the sources stay. */
async function buildElements(): Promise<void> {
  const child = spawn(process.execPath, [here("../tools/build.mjs"), "--if-stale"], { stdio: "inherit" });
  const [code] = await once(child, "exit");
  if (code !== 0) throw new Error("The elements could not be built; the lines above say why.");
}

/** Keys of our application on emulator A; none where the settings name a portal or an application of one's own. */
async function offerTo({ bitrix, publicUrl, port }: Config, portal: Emulator): Promise<object> {
  if (bitrix.webhookUrl || bitrix.clientId || port === 0) return {};
  return offerApplication(portal.url, publicUrl ?? `http://localhost:${port}`);
}

async function main(): Promise<void> {
  const set = readConfig(process.env, { demo: true });
  const { emulators, dataDir } = set;
  const [a, b, model] = await Promise.all([
    startEmulator("A", emulators.portalPort, emulators.seed, dataDir),
    startEmulator("B", emulators.portalPort + 1, emulators.seed + 1, dataDir),
    startModel(set),
    buildElements(),
  ]);
  // A portal of one's own can stand in for emulator A.
  const webhook = set.bitrix.webhookUrl ?? a.webhookUrl;
  const scripted = model ? { OPENAI_API_KEY: "sk-scripted-demo", OPENAI_BASE_URL: model.baseUrl } : {};
  const offered = await offerTo(set, a);
  const config = readConfig(
    { ...process.env, ...scripted, ...offered, BITRIX24_WEBHOOK_URL: webhook },
    { demo: true },
  );
  const log = createLogger({ level: config.debug ? "debug" : "warn", form: "plain" });
  const pages = { dir: here("pages"), at: "/demo/", pages: { "/": "home.html" } };
  const running = await start(config, { log, say, files: [pages] });

  // A promise that nobody awaited must not take the demo along.
  process.on("unhandledRejection", (reason) => log.error({ err: reason }, "a failure was awaited by nobody"));
  let stopping = false;
  const stop = async () => {
    if (stopping) process.exit(1);
    stopping = true;
    setTimeout(() => {
      log.error({}, "not everything ended in time; the next start goes on from here");
      process.exit(1);
    }, PATIENCE_MS).unref();
    await running.stop();
    // They end with us, whatever became of this.
    process.exit(0);
  };
  process.on("SIGINT", stop).on("SIGTERM", stop);

  say(`portal A  ${a.url}  (open b24kit in its menu to install the application)`);
  say(`portal B  ${b.url}`);
  say(
    model ? `model     ${model.baseUrl}  (scripted; OPENAI_API_KEY brings a real one)` : "model     as set",
  );
  say(`API       ${running.url}/docs`);
  if (running.entranceUrl) say(`sign in   ${running.entranceUrl}  (from another machine, once)`);
  say(`ready ${running.url}`);
}

try {
  await main();
} catch (error) {
  console.error(error instanceof ConfigError || !process.env.DEBUG ? (error as Error).message : error);
  process.exit(1);
}
