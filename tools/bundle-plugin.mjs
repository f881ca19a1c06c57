import { readdir } from "node:fs/promises";
import { join, relative } from "node:path";
import { build } from "esbuild";

/** Every module of these files that a page may load, by its path: the files under their own names, and what they share. */
async function bundle(root, files) {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: files,
    outbase: root,
    outdir: root,
    outExtension: { ".js": ".ts" },
    chunkNames: ".bundle/[name]-[hash]",
    bundle: true,
    splitting: true,
    write: false,
    format: "esm",
    target: "esnext",
    platform: "browser",
    conditions: ["@b24kit/source"],
    // Itself: the decorators are set there.
    tsconfig: join(root, "tsconfig.base.json"),
    // ECharts reads it, which no browser has.
    define: { "process.env.NODE_ENV": '"production"' },
    // The test server's own.
    external: ["/__web-dev-server__*"],
    sourcemap: true,
    logLevel: "error",
  });
  return outputFiles.map(({ path, text }) => [`/${relative(root, path).replaceAll("\\", "/")}`, text]);
}

/**
 * For the test server: tests with all that they import as a few files instead of hundreds of requests a page. A source
 * that a test puts into a page of its own by address is bundled when it is asked for.
 * @param {string} root folder that the server serves
 * @param {string} folder where the tests are, from there
 */
export function bundlePlugin(root, folder) {
  const modules = new Map();
  const add = async (files) => {
    for (const [path, text] of await bundle(root, files)) modules.set(path, text);
  };
  return {
    name: "b24kit-bundle",
    async serverStart() {
      const paths = await readdir(join(root, folder), { recursive: true });
      await add(paths.filter((path) => path.endsWith(".test.ts")).map((path) => join(folder, path)));
    },
    async serve({ path }) {
      if (path.endsWith(".ts") && !modules.has(path)) await add([path.slice(1)]);
      const body = modules.get(path);
      return body === undefined ? undefined : { body, type: path.endsWith(".map") ? "json" : "js" };
    },
  };
}
