import { spawn } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isFresh } from "./build/freshness.mjs";

// Builds the client and the elements: types and modules (dist), the script tag's files (cdn), and what describes them.
//   --if-stale  does nothing when the build is newer than the sources
//   --check     fails when the committed custom-elements.json or llms.txt differ from what the sources say
//   --sizes     lists the size of every chunk

const root = fileURLToPath(new URL("..", import.meta.url));
const elements = join(root, "packages/elements");
const cdn = join(elements, "cdn");
const flags = new Set(process.argv.slice(2));
const started = performance.now();
const say = (text) => console.log(`build  ${((performance.now() - started) / 1000).toFixed(1)}s  ${text}`);

const inputs = [
  "packages/client/src",
  "packages/elements/src",
  "packages/client/package.json",
  "packages/elements/package.json",
  "tsconfig.base.json",
  "package-lock.json",
  "tools/build",
  "tools/build.mjs",
].map((path) => join(root, path));

function compile() {
  const compiler = join(root, "node_modules/typescript-7/bin/tsc");
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [compiler, "-b", elements], { cwd: root, stdio: "inherit" });
    child.on("error", reject);
    child.on("exit", (code) => (code === 0 ? resolve() : reject(new Error("the types have errors"))));
  });
}

/** Writes a generated file, or with --check tells whether the committed one is what it should be. */
async function settle(name, text) {
  const path = join(elements, name);
  const before = await readFile(path, "utf8").catch(() => "");
  if (before.replaceAll("\r\n", "\n") === text) return [];
  if (flags.has("--check"))
    return [`packages/elements/${name} is out of date: run npm run build and commit it`];
  await writeFile(path, text);
  return [];
}

async function describe() {
  const [{ readManifest, manifestFaults }, { toLlms }] = await Promise.all([
    import("./build/manifest.mjs"),
    import("./build/llms.mjs"),
  ]);
  const manifest = await readManifest(elements);
  return [
    ...manifestFaults(manifest),
    ...(await settle("custom-elements.json", `${JSON.stringify(manifest, null, 2)}\n`)),
    ...(await settle("llms.txt", toLlms(manifest))),
  ];
}

async function pack() {
  const [{ bundle }, { measure }] = await Promise.all([
    import("./build/bundle.mjs"),
    import("./build/size.mjs"),
  ]);
  const chunks = await bundle(elements, cdn);
  const script = await readFile(join(cdn, "b24.js"));
  const { rows, loads, faults } = measure(chunks, script);
  const entry = rows.find(({ kind }) => kind === "entry");
  say(`${chunks.length} files in packages/elements/cdn, entry ${entry.gzip} B gzipped`);
  for (const { name, gzip, most } of loads) say(`${name}: ${gzip} B of ${most} B gzipped`);
  if (flags.has("--sizes")) {
    for (const { file, gzip } of rows) console.log(`  ${String(gzip).padStart(7)} B gz  ${file}`);
  }
  return faults;
}

async function main() {
  const fresh = flags.has("--if-stale") && (await isFresh({ inputs, stamp: join(cdn, "b24.js") }));
  if (fresh && !flags.has("--check")) return;
  const describing = describe();
  describing.catch(() => {}); // awaited below
  const faults = fresh ? [] : await make();
  faults.push(...(await describing));
  if (faults.length > 0) throw new Error(faults.join("\n"));
  if (!fresh) say("done");
}

async function make() {
  say("compiling");
  await compile();
  say("bundling");
  return pack();
}

await main().catch((error) => {
  console.error(`build failed: ${error.message}`);
  process.exitCode = 1;
});
