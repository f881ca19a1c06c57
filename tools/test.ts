/**
 * `npm test`: everything, in one command. `npm test -- <part of a path>` runs the test files whose path contains it.
 *
 * Two lanes take turns at what keeps a core busy: types and build, elements in a browser, journeys, lint, files of
 * node:test. A third one does what mostly waits. Each stage and each file is a process of its own, so that a crash is a
 * failure and never a shorter run. Few files that failed are run once more, alone, and named where that helps.
 */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { holdTestServer } from "../test/database.ts";
import { bundleForNode } from "./node-bundle.ts";

interface Counts {
  passed: number;
  failed: number;
}

type Job = () => Promise<void>;

const only = process.argv[2];
const modules = `node_modules/.cache/b24kit-test-modules/${process.pid}`;
const scratch = mkdtempSync(join(tmpdir(), "b24kit-test-"));
const outcomes: [stage: string, Counts][] = [];
/** Jobs of single test files, by path. */
const fileJobs = new Map<string, Job>();
/** Files that failed beside others and passed alone. */
const unsteady: string[] = [];

/** Runs a command to its end, or to the end of its time; output goes straight to ours. */
function run(
  command: string,
  args: string[],
  env: Record<string, string> = {},
  timeout?: number,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...process.env, ...env },
      timeout,
      killSignal: "SIGKILL",
    });
    child.on("error", reject);
    child.on("exit", (code, signal) => resolve(signal ? 1 : (code ?? 1)));
  });
}

/** A stage that counts its own tests into a file; one that dies without counting is one failure. */
async function counted(
  stage: string,
  command: string,
  args: string[],
  env: Record<string, string> = {},
  timeout?: number,
): Promise<void> {
  const file = join(scratch, `${stage.replaceAll(/\W+/g, "-")}.json`);
  const code = await run(command, args, { ...env, B24KIT_TEST_COUNTS: file }, timeout);
  const counts: Counts = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : { passed: 0, failed: 0 };
  if (code !== 0 && counts.failed === 0) {
    console.log(`  FAILED   ${stage}: ended early`);
    counts.failed = 1;
  }
  if (code === 0 && counts.passed === 0) {
    console.log(`  FAILED   ${stage}: ran nothing`);
    counts.failed += 1;
  }
  outcomes.push([stage, counts]);
}

/** A stage that is one check: it holds or it does not. */
async function check(stage: string, args: string[]): Promise<void> {
  const started = Date.now();
  const code = await run(process.execPath, args);
  console.log(
    `  ${code === 0 ? "ok    " : "FAILED"} ${stage}  ${((Date.now() - started) / 1000).toFixed(1)} s`,
  );
  outcomes.push([stage, { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 }]);
}

/** Test files below the given folders, as paths from the root, folder by folder. */
async function testFiles(...roots: string[]): Promise<string[]> {
  const found: string[] = [];
  for (const root of roots) {
    const paths = (await readdir(root, { recursive: true })).map(
      (path) => `${root}/${path.replaceAll("\\", "/")}`,
    );
    found.push(...paths.filter((path) => path.endsWith(".test.ts") && !path.includes("node_modules")).sort());
  }
  return found.filter((path) => !only || path.includes(only));
}

/** A failed test may leave a server open behind it; that must not hold the rest of the run. */
const FILE_TIMEOUT_MS = 1_200_000;

const NODE = [
  // For threads and programs that a test starts from their sources.
  "--conditions=@b24kit/source",
  "--enable-source-maps",
  "--test-reporter=./tools/test-reporter.mjs",
  "--test-reporter-destination=stdout",
];

/** Two lanes may both want it; it is done once. */
function once(job: Job): Job {
  let done: Promise<void> | undefined;
  return () => {
    done ??= job();
    return done;
  };
}

interface Jobs {
  /** What keeps a core busy, longest first, so that no lane ends long before another. */
  working: Job[];
  /** What mostly waits: for processes that start and are killed, for clocks, for a slow portal. */
  waiting: Job[];
}

/** The longest of all; it makes what it looks at by itself. */
const CATALOGUE = "test/journeys/stories.test.ts";
const travels = (path: string) => path.startsWith("test/journeys/") && path !== CATALOGUE;
/** `npm start` builds what is not built; two builds at once would get in each other's way. */
const needsBuild = (path: string) => travels(path) || path === "test/faults/start.test.ts";
/** Where the tests are that wait more than they work. */
const WAITS = /^test\/faults\/|^packages\/api\/src\/features\/generator\/|\/interruption\.test\.ts$/;
/**
 * Files of half a minute and more, longest first: one that comes last is waited for by an idle core. The start is third,
 * so that no lane has to wait for the build that it needs.
 */
const LONG = [
  "test/faults/sync-random",
  "test/faults/embedded-database",
  "test/faults/start",
  "test/journeys/home",
  "test/journeys/charts",
  "demo/portal/face/crm",
  "packages/api/src/features/sync/interruption",
  "test/faults/kill",
  "test/journeys/generator",
  "test/journeys/serve",
  "demo/portal/rest/robustness",
  "packages/api/src/doctor",
  "packages/api/src/features/sync/more-entities",
  "demo/portal/face/applications",
  "test/journeys/network",
  "test/faults/embedded-owner",
  "test/charts/evaluation",
  "test/journeys/application",
  "packages/api/src/platform/bitrix/portal",
  "test/faults/event-storm",
].map((name) => `${name}.test.ts`);
/** Where a file stands among them; the others come after, as they are found. */
const turnOf = (path: string) => (LONG.includes(path) ? LONG.indexOf(path) : LONG.length);

async function findJobs(env: Record<string, string>): Promise<Jobs> {
  const elements = await testFiles("packages/elements");
  const files = await testFiles("test", "demo", "tools", "packages/api", "packages/client");
  const moduleOf = await bundleForNode(files, modules);
  const build = once(async () => {
    // One after the other: the build takes the types that are there.
    if (!only) await check("types", ["node_modules/typescript-7/bin/tsc", "-b"]);
    await check("build", ["tools/build.mjs", "--if-stale", "--check"]);
  });
  const testFile = (path: string) => {
    const job = async () => {
      if (needsBuild(path)) await build();
      const args = [...NODE, moduleOf(path)];
      await counted(path, process.execPath, args, env, FILE_TIMEOUT_MS);
    };
    fileJobs.set(path, job);
    return job;
  };
  const wtr = ["node_modules/@web/test-runner/dist/bin.js", ...(only ? ["--files", ...elements] : [])];
  files.sort((a, b) => turnOf(a) - turnOf(b));
  const part = (fits: (path: string) => boolean) => files.filter(fits).map(testFile);
  const waits = (path: string) => WAITS.test(path);
  return {
    working: [
      ...part((path) => path === CATALOGUE),
      ...(only ? [] : [build]),
      ...(elements.length ? [() => counted("elements", process.execPath, wtr)] : []),
      ...part(travels),
      ...(only ? [] : [() => check("lint", ["tools/lint.mjs"])]),
      ...part((path) => path !== CATALOGUE && !travels(path) && !waits(path)),
    ],
    waiting: part(waits),
  };
}

/** Does what is left, one after another. */
async function work(...queues: Job[][]): Promise<void> {
  const next = () => queues.find(({ length }) => length > 0)?.shift();
  for (let job = next(); job; job = next()) await job();
}

/** More than so many failures are no matter of a busy machine. */
const FEW = 3;

/**
 * Files that failed once more, alone: what fails again is broken; what does not cannot bear a busy machine, which is said
 * at the end and is to be mended too.
 */
async function runAlone(): Promise<void> {
  const failed = outcomes.filter(([, { failed }]) => failed);
  if (only || failed.length > FEW) return;
  for (const outcome of failed) {
    const [stage] = outcome;
    const job = fileJobs.get(stage);
    if (!job) continue;
    console.log(`\nonce more, alone: ${stage}`);
    await job();
    const [, { failed: again }] = outcomes.pop()!;
    if (again) continue;
    outcome[1] = { passed: outcome[1].passed + outcome[1].failed, failed: 0 };
    unsteady.push(stage);
  }
}

async function main(): Promise<number> {
  const started = Date.now();
  mkdirSync("test/artefacts", { recursive: true });
  const database = process.env.TEST_DATABASE_URL ? undefined : await holdTestServer();
  const env = database ? { TEST_DATABASE_URL: database.url, TEST_DATABASE_OWNER_URL: database.ownerUrl } : {};
  try {
    const { working, waiting } = await findJobs(env);
    await Promise.all([work(working, waiting), work(working, waiting), work(waiting, working)]);
    await runAlone();
  } finally {
    await database?.stop();
    rmSync(modules, { recursive: true, force: true });
  }
  const sum = (key: keyof Counts) => outcomes.reduce((total, [, counts]) => total + counts[key], 0);
  console.log(`\n${((Date.now() - started) / 1000).toFixed(0)} s`);
  for (const stage of unsteady) console.log(`UNSTEADY ${stage}: failed beside others, passed alone`);
  for (const [stage, counts] of outcomes.filter(([, c]) => c.failed))
    console.log(`FAILED ${stage}: ${counts.failed}`);
  console.log(`${sum("passed")} passed, ${sum("failed")} failed`);
  return sum("failed") || sum("passed") === 0 ? 1 : 0;
}

process.exitCode = await main();
