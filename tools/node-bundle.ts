import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { build, type Plugin } from "esbuild";

/** Packages of hundreds of small modules go in too, and with them whatever shares their classes. */
const LARGE = /^(zod|openai|apache-arrow|jose|hono|@hono\/[^/]+|@asteasolutions\/[^/]+)(\/|$)/;

/** Other packages stay where they are; sources of the workspace go in, and find the files beside them where those are. */
const workspace: Plugin = {
  name: "workspace",
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
      kind === "entry-point" || path.startsWith("@b24kit/") || LARGE.test(path)
        ? undefined
        : { path, external: true },
    );
    onLoad({ filter: /\.m?[jt]s$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      if (!/import\.meta\.url/.test(text)) return undefined;
      const url = JSON.stringify(pathToFileURL(path).href);
      return {
        contents: `const sourceAddress = ${url}; ${text}`,
        loader: path.endsWith(".ts") ? "ts" : "js",
      };
    });
  },
};

/**
 * Programs in TypeScript as modules that Node loads as they are: with tsx a process spends more time on its imports
 * than most tests take. What several programs share is compiled once.
 * @param files paths from the working folder
 * @param folder where the modules go; below node_modules, so that packages are found from there
 * @returns the module of a file, source maps beside it
 */
export async function bundleForNode(
  files: readonly string[],
  folder: string,
): Promise<(file: string) => string> {
  const bare = (file: string) => file.replace(/\.ts$/, "");
  await build({
    entryPoints: files.map((file) => ({ in: file, out: bare(file) })),
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    keepNames: true,
    platform: "node",
    target: "node20",
    format: "esm",
    conditions: ["@b24kit/source"],
    define: { "import.meta.url": "sourceAddress" },
    sourcemap: true,
    sourcesContent: false,
    logLevel: "error",
    plugins: [workspace],
  });
  return (file) => `${folder}/${bare(file)}.mjs`;
}
