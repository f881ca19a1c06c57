import { copyFile, mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import { rollup } from "rollup";
import { minify } from "vite";

/** ECharts and others ask for it in hundreds of places; before tree-shaking, so that their development code falls away. */
const productionOnly = {
  name: "production-only",
  transform: (code, id) =>
    id.includes("node_modules") && code.includes("process.env.NODE_ENV")
      ? { code: code.replaceAll("process.env.NODE_ENV", '"production"'), map: null }
      : null,
};

/** Its package does not say that its modules do nothing by themselves. */
const sideEffectFree = {
  name: "side-effect-free",
  transform: (code, id) => (id.includes("flechette") ? { code, map: null, moduleSideEffects: false } : null),
};

/** Words and colours of ECharts' own that no chart of ours shows: it is given ours, and its theme is never asked for. */
const withoutUnseen = {
  name: "without-unseen",
  load(id) {
    if (/echarts[\\/]lib[\\/]i18n[\\/]langZH\.js$/.test(id)) return 'export { default } from "./langEN.js"';
    return /echarts[\\/]lib[\\/]theme[\\/]dark\.js$/.test(id) ? "export default {}" : null;
  },
};

const minified = {
  name: "minified",
  async renderChunk(code, { fileName }) {
    // A browser has no such thing; found here it costs a build, found there it costs a page.
    if (code.includes("process.env")) throw new Error(`${fileName} asks for process.env`);
    const result = await minify(fileName, code, {
      module: true,
      compress: { target: "es2022" },
      mangle: true,
    });
    if (result.errors.length > 0) throw new Error(`${fileName}: ${result.errors[0].message}`);
    return { code: result.code, map: null };
  },
};

/** ECharts' own modules import each other in circles; every other warning is a fault of ours. */
function onLog(level, log, report) {
  if (
    log.code === "CIRCULAR_DEPENDENCY" &&
    log.ids?.every((id) => /node_modules[\\/](echarts|zrender)/.test(id))
  ) {
    return;
  }
  if (level === "warn") throw new Error(`rollup: ${log.message}`);
  report(level, log);
}

const plugins = [withoutUnseen, nodeResolve({ browser: true }), productionOnly, sideEffectFree];

/** The modules that a file needs and of which it uses something. */
async function modulesOf(input) {
  const build = await rollup({ input, plugins, onLog });
  const { output } = await build.generate({ format: "es" });
  await build.close();
  const chunks = output.filter(({ type }) => type === "chunk");
  return new Set(chunks.flatMap(({ modules }) => Object.keys(modules).filter((id) => modules[id].code)));
}

/**
 * Heavy libraries stay in files of their own, so that a new release of ours does not reload them. Of ECharts that is
 * what every chart needs: the rest comes with the form that asks for it.
 */
async function chunksOf(packageFolder) {
  const [core, bar, line] = await Promise.all(
    ["echarts", "forms/bar", "forms/line"].map((name) =>
      modulesOf(join(packageFolder, `dist/core/chart/${name}.js`)),
    ),
  );
  const isLibrary = (id) => /node_modules[\\/](echarts|zrender)/.test(id);
  return (id) => {
    if (core.has(id) || (isLibrary(id) && bar.has(id) && line.has(id))) return "echarts";
    if (/node_modules[\\/](marked|dompurify)[\\/]/.test(id)) return "markdown";
    if (/lit-html[\\/]directives[\\/](repeat|live|keyed)/.test(id)) return undefined;
    if (/node_modules[\\/](lit|@lit|lit-html|lit-element|tslib)/.test(id)) return "lit";
    return undefined;
  };
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
      plugins,
      onLog,
    });
    const { output } = await build.write({
      dir: draft,
      format: "es",
      entryFileNames: "[name].js",
      chunkFileNames: "chunks/[name]-[hash].js",
      manualChunks: await chunksOf(packageFolder),
      onlyExplicitManualChunks: true,
      hoistTransitiveImports: true,
      plugins: [minified],
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
