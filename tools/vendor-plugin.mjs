import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";

const PACKAGES = ["apache-arrow", "echarts", "@tanstack/virtual-core"];
const ENTRIES = {
  "apache-arrow": "apache-arrow",
  "@tanstack/virtual-core": "@tanstack/virtual-core",
  echarts: "echarts",
  "echarts/core": "echarts/core",
  "echarts/charts": "echarts/charts",
  "echarts/components": "echarts/components",
  "echarts/features": "echarts/features",
  "echarts/renderers": "echarts/renderers",
};

async function cacheFolder(root) {
  const versions = await Promise.all(
    PACKAGES.map(async (name) => {
      const manifest = await readFile(join(root, "node_modules", name, "package.json"), "utf8");
      return `${name}-${JSON.parse(manifest).version}`;
    }),
  );
  return `node_modules/.cache/b24kit-vendor/${versions.join("_").replaceAll("/", "-")}`;
}

/**
 * For the test server: ECharts and Arrow as one file per entry, made once per version. Unbundled they are hundreds
 * of requests, and ECharts reads `process.env.NODE_ENV`, which no browser has.
 */
export function vendorPlugin(root) {
  let folder = "";
  return {
    name: "b24kit-vendor",
    async serverStart() {
      folder = await cacheFolder(root);
      if (existsSync(join(root, folder, "echarts/renderers.js"))) return;
      await build({
        absWorkingDir: root,
        entryPoints: Object.fromEntries(Object.entries(ENTRIES).map(([name, from]) => [name, from])),
        outdir: join(root, folder),
        bundle: true,
        splitting: true,
        format: "esm",
        target: "es2022",
        platform: "browser",
        define: { "process.env.NODE_ENV": '"production"' },
        logLevel: "error",
      });
    },
    resolveImport({ source }) {
      return source in ENTRIES ? `/${folder}/${source}.js` : undefined;
    },
  };
}
