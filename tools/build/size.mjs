import { gzipSync } from "node:zlib";

const KB = 1024;

/** Budgets in gzipped bytes. `own`: chunks that hold only code of ours, or only one form's part of ECharts. */
const BUDGETS = {
  entry: 1 * KB,
  lit: 10 * KB,
  echarts: 170 * KB,
  markdown: 32 * KB,
  own: 24 * KB,
};

const kindOf = (chunk) => {
  if (chunk.isEntry) return "entry";
  return chunk.name in BUDGETS ? chunk.name : "own";
};

const HEAVY = /node_modules[\\/](echarts|zrender|@uwdata[\\/]flechette)[\\/]/;
const FORBIDDEN = [/node_modules[\\/]zod[\\/]/, /node_modules[\\/](pg|hono|ws)[\\/]/];

/** Copies of a library on one page cost twice and break: each must come from one folder. */
function duplicates(modules) {
  const folders = new Map();
  for (const id of modules) {
    const match =
      /^(.*node_modules[\\/](lit|lit-html|lit-element|@lit[\\/][\w-]+|@uwdata[\\/]flechette|echarts))[\\/]/.exec(
        id,
      );
    if (match) folders.set(match[2], new Set([...(folders.get(match[2]) ?? []), match[1]]));
  }
  return [...folders].filter(([, copies]) => copies.size > 1).map(([name]) => `${name} is bundled twice`);
}

const SHELL = ["loader/loader"];
const CHART = [
  ...SHELL,
  "provider/provider.define",
  "core/chart/chart.define",
  "core/chart/echarts",
  "transport/decode",
];
const SEVERAL = ["core/chart/legend", "core/chart/patterns"];

/**
 * What a page loads from its script tag on, in gzipped bytes: modules that are asked for one after the other, each with
 * everything that it imports. test/journeys/loader.test.ts holds the same bound against a browser.
 */
const LOADS = [
  { name: "shell", most: 10_000, modules: SHELL, also: "lit" },
  {
    name: "chart as a picture",
    most: 38_000,
    modules: [...SHELL, "provider/provider.define", "chart-picture/chart-picture.define"],
    also: "lit",
  },
  { name: "first bar chart", most: 245_000, modules: [...CHART, "forms/bar"] },
  { name: "first bar chart of several series", most: 245 * KB, modules: [...CHART, "forms/bar", ...SEVERAL] },
  { name: "first line chart", most: 245_000, modules: [...CHART, "forms/line"] },
];

/** Files of a load and their size together, the script tag's own `b24.js` in front. */
function sizeOf({ modules, also }, chunks, byName, gzipOf, script) {
  const first = modules.map((module) => {
    const found = chunks.find(({ moduleIds }) =>
      moduleIds.some((id) => id.replaceAll("\\", "/").endsWith(`/${module}.js`)),
    );
    if (!found) throw new Error(`no chunk has ${module}`);
    return found;
  });
  const files = new Set(first.flatMap((chunk) => [...reach(chunk, byName)]));
  for (const { name, fileName } of chunks) if (name === also) files.add(fileName);
  return [...files].reduce((sum, file) => sum + gzipOf.get(file), script);
}

/** Static imports of a chunk, all the way down. */
function reach(chunk, byName, seen = new Set()) {
  if (!chunk || seen.has(chunk.fileName)) return seen;
  seen.add(chunk.fileName);
  for (const name of chunk.imports) reach(byName.get(name), byName, seen);
  return seen;
}

/** Sizes of the built chunks and of what pages load, and what breaks the budgets; `script` is the text of `b24.js`. */
export function measure(chunks, script) {
  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  const rows = chunks
    .map((chunk) => ({
      file: chunk.fileName,
      kind: kindOf(chunk),
      gzip: gzipSync(chunk.code, { level: 9 }).length,
    }))
    .sort((a, b) => b.gzip - a.gzip);
  const gzipOf = new Map(rows.map(({ file, gzip }) => [file, gzip]));
  const loads = LOADS.map((load) => ({
    ...load,
    gzip: sizeOf(load, chunks, byName, gzipOf, gzipSync(script, { level: 9 }).length),
  }));
  const modules = chunks.flatMap(({ moduleIds }) => moduleIds);
  const eager = chunks
    .filter(({ name }) => /provider|sync-status/.test(name))
    .filter((chunk) =>
      [...reach(chunk, byName)].some((file) => HEAVY.test(byName.get(file).moduleIds.join())),
    )
    .map(({ fileName }) => `${fileName} loads ECharts or Arrow at once`);
  const faults = [
    ...rows
      .filter(({ kind, gzip }) => gzip > BUDGETS[kind])
      .map(({ file, kind, gzip }) => `${file}: ${gzip} B gz, over ${BUDGETS[kind]} B (${kind})`),
    ...loads
      .filter(({ gzip, most }) => gzip > most)
      .map(({ name, gzip, most }) => `${name}: ${gzip} B gz, over ${most} B`),
    ...modules
      .filter((id) => FORBIDDEN.some((pattern) => pattern.test(id)))
      .map((id) => `${id} must not reach a browser`),
    ...duplicates(modules),
    ...eager,
  ];
  return { rows, loads, faults };
}
