/**
 * `npm test`: everything, in one command. `npm test -- <part of a path>` runs the test files whose path contains it.
 *
 * Two lanes: files of node:test, one after another, beside types, build, elements in a browser and journeys. Each stage is
 * a process of its own, so that a crash is a failed stage and never a shorter run.
 */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { holdTestServer } from "../test/database.ts";

interface Counts {
  passed: number;
  failed: number;
}

const NODE = ["--conditions=@b24kit/source", "--import", "tsx"];
const only = process.argv[2];
const scratch = mkdtempSync(join(tmpdir(), "b24kit-test-"));
const outcomes: [stage: string, Counts][] = [];

/** Runs a command to its end; output goes straight to ours. */
function run(command: string, args: string[], env: Record<string, string> = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...process.env, ...env },
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
): Promise<void> {
  console.log(`\n${stage}`);
  const file = join(scratch, `${stage.replaceAll(/\W+/g, "-")}.json`);
  const code = await run(command, args, { ...env, B24KIT_TEST_COUNTS: file });
  const counts: Counts = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : { passed: 0, failed: 0 };
  if (code !== 0 && counts.failed === 0) counts.failed = 1;
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

/** Test files below the given folders, as paths from the root. */
async function testFiles(...roots: string[]): Promise<string[]> {
  const found: string[] = [];
  for (const root of roots.filter((folder) => existsSync(folder))) {
    for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
      const path = relative(process.cwd(), join(entry.parentPath ?? entry.path, entry.name));
      if (entry.isFile() && path.endsWith(".test.ts") && !path.includes("node_modules"))
        found.push(path.replaceAll("\\", "/"));
    }
  }
  return found.filter((path) => !only || path.includes(only)).sort();
}

const nodeTests = (files: string[], concurrency: number) => [
  ...NODE,
  "--test",
  // A failed test may leave a server open behind it; that must not hold the rest of the run.
  "--test-timeout=180000",
  `--test-concurrency=${concurrency}`,
  "--test-reporter=./tools/test-reporter.mjs",
  "--test-reporter-destination=stdout",
  ...files,
];

async function main(): Promise<number> {
  const started = Date.now();
  mkdirSync("test/artefacts", { recursive: true });
  const database = process.env.TEST_DATABASE_URL ? undefined : await holdTestServer();
  const env = database ? { TEST_DATABASE_URL: database.url, TEST_DATABASE_OWNER_URL: database.ownerUrl } : {};
  const api = await testFiles("packages/client", "packages/api", "demo", "tools", "test/faults");
  const repo = (await testFiles("test")).filter(
    (path) => !path.startsWith("test/faults/") && !path.startsWith("test/journeys/"),
  );
  const elements = await testFiles("packages/elements");
  const journeys = await testFiles("test/journeys");
  try {
    const lanes = [
      async () => {
        if (api.length + repo.length)
          await counted("node", process.execPath, nodeTests([...repo, ...api], 1), env);
      },
      async () => {
        if (!only) await check("types", ["node_modules/typescript-7/bin/tsc", "-b"]);
        if (!only) await check("lint", ["tools/lint.mjs"]);
        if (!only || journeys.length) await check("build", ["tools/build.mjs", "--if-stale", "--check"]);
        if (elements.length)
          await counted("elements", process.execPath, [
            "node_modules/@web/test-runner/dist/bin.js",
            ...(only ? ["--files", ...elements] : []),
          ]);
        if (journeys.length) await counted("journeys", process.execPath, nodeTests(journeys, 1), env);
      },
    ];
    await Promise.all(lanes.map((lane) => lane()));
  } finally {
    await database?.stop();
  }
  const sum = (key: keyof Counts) => outcomes.reduce((total, [, counts]) => total + counts[key], 0);
  console.log(`\n${((Date.now() - started) / 1000).toFixed(0)} s`);
  for (const [stage, counts] of outcomes.filter(([, c]) => c.failed))
    console.log(`FAILED ${stage}: ${counts.failed}`);
  console.log(`${sum("passed")} passed, ${sum("failed")} failed`);
  return sum("failed") || sum("passed") === 0 ? 1 : 0;
}

process.exitCode = await main();
