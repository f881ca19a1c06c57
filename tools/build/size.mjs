import { gzipSync } from "node:zlib";

const KB = 1024;

/** Budgets in gzipped bytes. `own`: chunks that hold only code of ours. */
const BUDGETS = { entry: 1 * KB, lit: 10 * KB, arrow: 60 * KB, echarts: 240 * KB, own: 24 * KB };

const kindOf = (chunk) => {
  if (chunk.isEntry) return "entry";
  return chunk.name in BUDGETS ? chunk.name : "own";
};

const FORBIDDEN = [/node_modules[\\/]zod[\\/]/, /node_modules[\\/](pg|hono|ws)[\\/]/];

/** Copies of a library on one page cost twice and break: each must come from one folder. */
function duplicates(modules) {
  const folders = new Map();
  for (const id of modules) {
    const match =
      /^(.*node_modules[\\/](lit|lit-html|lit-element|@lit[\\/][\w-]+|apache-arrow|echarts))[\\/]/.exec(id);
    if (match) folders.set(match[2], new Set([...(folders.get(match[2]) ?? []), match[1]]));
  }
  return [...folders].filter(([, copies]) => copies.size > 1).map(([name]) => `${name} is bundled twice`);
}

/** Static imports of a chunk, all the way down. */
function reach(chunk, byName, seen = new Set()) {
  if (!chunk || seen.has(chunk.fileName)) return seen;
  seen.add(chunk.fileName);
  for (const name of chunk.imports) reach(byName.get(name), byName, seen);
  return seen;
}

/** Sizes of the built chunks, and what breaks the budgets. */
export function measure(chunks) {
  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  const rows = chunks
    .map((chunk) => ({
      file: chunk.fileName,
      kind: kindOf(chunk),
      gzip: gzipSync(chunk.code, { level: 9 }).length,
    }))
    .sort((a, b) => b.gzip - a.gzip);
  const modules = chunks.flatMap(({ moduleIds }) => moduleIds);
  const eager = chunks
    .filter(({ name }) => /provider|sync-status/.test(name))
    .filter((chunk) => [...reach(chunk, byName)].some((file) => /echarts|arrow/.test(file)))
    .map(({ fileName }) => `${fileName} loads ECharts or Arrow at once`);
  const faults = [
    ...rows
      .filter(({ kind, gzip }) => gzip > BUDGETS[kind])
      .map(({ file, kind, gzip }) => `${file}: ${gzip} B gz, over ${BUDGETS[kind]} B (${kind})`),
    ...modules
      .filter((id) => FORBIDDEN.some((pattern) => pattern.test(id)))
      .map((id) => `${id} must not reach a browser`),
    ...duplicates(modules),
    ...eager,
  ];
  return { rows, faults };
}
