import { copyFile, mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import { transform } from "esbuild";
import { rollup } from "rollup";

/** ECharts and others ask for it in hundreds of places; before tree-shaking, so that their development code falls away. */
const productionOnly = {
  name: "production-only",
  transform: (code, id) =>
    id.includes("node_modules") && code.includes("process.env.NODE_ENV")
      ? { code: code.replaceAll("process.env.NODE_ENV", '"production"'), map: null }
      : null,
};

const minify = {
  name: "minify",
  async renderChunk(code, { fileName }) {
    // A browser has no such thing; found here it costs a build, found there it costs a page.
    if (code.includes("process.env")) throw new Error(`${fileName} asks for process.env`);
    const result = await transform(code, {
      minify: true,
      target: "es2022",
      format: "esm",
      legalComments: "none",
    });
    return { code: result.code, map: null };
  },
};

/** Apache Arrow's own modules import each other in circles; every other warning is a fault of ours. */
function onLog(level, log, report) {
  if (
    log.code === "CIRCULAR_DEPENDENCY" &&
    log.ids?.every((id) => /node_modules[\\/](apache-arrow|echarts|zrender)/.test(id))
  ) {
    return;
  }
  if (level === "warn") throw new Error(`rollup: ${log.message}`);
  report(level, log);
}

/** Heavy libraries stay in files of their own, so that a new release of ours does not reload them. */
function manualChunks(id) {
  if (/node_modules[\\/](echarts|zrender)|core[\\/]chart[\\/]echarts\.js/.test(id)) return "echarts";
  if (/node_modules[\\/](apache-arrow|flatbuffers)/.test(id)) return "arrow";
  if (/node_modules[\\/](lit|@lit|lit-html|lit-element|tslib)/.test(id)) return "lit";
  return undefined;
}

/**
 * What the script tag serves: `b24.js`, `b24.module.js`, and a chunk per element. Written aside and put in place whole,
 * so that a running server never serves half a build.
 * @returns {Promise<import("rollup").OutputChunk[]>}
 */
export async function bundle(packageFolder, cdn) {
  const draft = `${cdn}.${process.pid}`;
  await mkdir(draft, { recursive: true });
  try {
    const build = await rollup({
      input: { "b24.module": join(packageFolder, "dist/loader/loader.js") },
      preserveEntrySignatures: "allow-extension",
      plugins: [nodeResolve({ browser: true }), productionOnly],
      onLog,
    });
    const { output } = await build.write({
      dir: draft,
      format: "es",
      entryFileNames: "[name].js",
      chunkFileNames: "chunks/[name]-[hash].js",
      manualChunks,
      hoistTransitiveImports: true,
      plugins: [minify],
    });
    await build.close();
    await copyFile(join(packageFolder, "src/loader/b24.js"), join(draft, "b24.js"));
    await rm(cdn, { recursive: true, force: true });
    await rename(draft, cdn);
    return output.filter(({ type }) => type === "chunk");
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}
