import { dirname, join, normalize } from "node:path/posix";

/** A source file: its path from the root and its text. */
export interface Source {
  path: string;
  text: string;
}

/** Imports of a file, relative ones resolved to paths from the root, packages left as they are. */
export function importsOf({ path, text }: Source): string[] {
  const found = text.matchAll(
    /(?:^|[^\w.])(?:import|export)\s*(?:[^'"();]*?\sfrom\s*)?\(?\s*["']([^"']+)["']/g,
  );
  return [...found].map(([, name]) =>
    name!.startsWith(".") ? normalize(join(dirname(path), name!)) : name!,
  );
}

/** The room a path belongs to, as DESIGN's import table names rooms. */
function roomOf(path: string): { room: string; feature?: string } {
  const match = (pattern: RegExp) => pattern.exec(path)?.[1];
  const feature = match(/^packages\/api\/src\/features\/([^/]+)\//);
  if (feature) return { room: "api/features", feature };
  const mechanism = match(/^packages\/api\/src\/platform\/([^/]+)\//);
  if (mechanism) return { room: "api/platform", feature: mechanism };
  if (path.startsWith("packages/api/")) return { room: "api" };
  if (path.startsWith("packages/client/src/contract/") || path === "@b24kit/client/contract")
    return { room: "contract" };
  if (path.startsWith("packages/client/") || path.startsWith("@b24kit/client")) return { room: "client" };
  const element = match(/^packages\/elements\/src\/([^/]+)\//);
  // The loader names every element: it composes features as define.ts does.
  if (element === "loader") return { room: "elements" };
  if (element) return { room: element === "core" ? "elements/core" : "elements/feature", feature: element };
  if (path.startsWith("packages/elements/") || path.startsWith("@b24kit/elements"))
    return { room: "elements" };
  const demo = match(/^demo\/([^/]+)\//);
  if (demo) return { room: demo === "pages" ? "demo/pages" : "demo/emulator", feature: demo };
  if (path.startsWith("demo/")) return { room: "demo" };
  if (path.startsWith("stories/")) return { room: "stories" };
  if (/^(test|tools|\.storybook)\//.test(path) || /^[^/]+\.config\.mjs$/.test(path)) return { room: "test" };
  return { room: "package" };
}

/** The one door through which the API draws with the elements' code: a thread of its own. */
const PICTURE_DOOR = "packages/api/src/pictures/thread.ts";

/** Which rooms a room may import; its own room is told apart below, packages from npm are free. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  contract: ["contract"],
  client: ["contract", "client"],
  "elements/core": ["elements/core", "client", "contract"],
  "elements/feature": ["elements/core", "elements/feature", "client", "contract"],
  elements: ["elements", "elements/core", "elements/feature", "client", "contract"],
  "api/platform": ["api/platform", "contract"],
  "api/features": ["api/features", "api/platform", "contract"],
  api: ["api", "api/features", "api/platform", "contract"],
  stories: ["stories", "elements", "elements/core", "elements/feature", "client", "contract"],
  "demo/pages": ["demo/pages", "elements", "elements/core", "elements/feature", "client", "contract"],
  "demo/emulator": ["demo/emulator"],
  demo: ["demo", "demo/emulator", "demo/pages", "api", "api/features", "api/platform"],
};

/** Faults of one file against the import table, in words. */
export function importFaults(source: Source): string[] {
  const from = roomOf(source.path);
  if (from.room === "test" || source.path.endsWith(".test.ts")) return [];
  const faults: string[] = [];
  for (const name of importsOf(source)) {
    const to = roomOf(name);
    if (to.room === "package") continue;
    if (source.path === PICTURE_DOOR && name === "@b24kit/elements/still") continue;
    const sameWord = from.feature === to.feature;
    if (!MAY_IMPORT[from.room]?.includes(to.room))
      faults.push(`${source.path}: ${from.room} may not import ${name}`);
    else if (from.room === "api/features" && to.room === "api/features" && !sameWord)
      faults.push(`${source.path}: features never import each other (${name}); they meet in app.ts`);
    else if (from.room === "elements/feature" && to.room === "elements/feature" && !sameWord)
      faults.push(`${source.path}: element features never import each other (${name})`);
    else if (from.room === "demo/emulator" && to.room === "demo/emulator" && !sameWord)
      faults.push(`${source.path}: emulators never import each other (${name})`);
  }
  const features = new Set(
    importsOf(source)
      .map((name) => roomOf(name))
      .filter((to) => to.room === "api/features")
      .map((to) => to.feature),
  );
  if (from.room === "api" && features.size > 1 && source.path !== "packages/api/src/app.ts")
    faults.push(`${source.path}: names ${features.size} features; only app.ts may name two`);
  return faults;
}

const DUMPS = /(^|\/)(utils?|helpers?|common|misc|manager)(\.|\/|-)/;
const ENVIRONMENT_READERS = [
  "packages/api/src/config.ts",
  "demo/start.ts",
  "demo/portal/main.ts",
  "demo/openai/main.ts",
  "packages/api/src/doctor.ts",
  "packages/api/src/main.ts",
  "packages/api/src/migrate.ts",
  "packages/api/src/rotate-keys.ts",
];

/** Faults of one file against the rules that hold for every file. */
export function fileFaults({ path, text }: Source): string[] {
  const faults: string[] = [];
  const product = /^(packages|demo|stories)\//.test(path) && !path.endsWith(".test.ts");
  if (DUMPS.test(path)) faults.push(`${path}: name the thing, not the drawer it lies in`);
  if (product && text.includes("process.env") && !ENVIRONMENT_READERS.includes(path))
    faults.push(`${path}: settings come from config, not from process.env`);
  if (
    product &&
    !path.includes("/test/") &&
    path !== "packages/api/src/platform/db/pool.ts" &&
    /new (pg\.)?Pool\(/.test(text)
  )
    faults.push(`${path}: createPool makes pools; connections of others end the process when they break`);
  if (path.startsWith("packages/elements/src/") && product) {
    if (/[^.\w]fetch\(/.test(text))
      faults.push(`${path}: elements never fetch; the client in their context does`);
    if (/<[^>]*\sstyle=/.test(text)) faults.push(`${path}: a style attribute breaks the embedder's CSP`);
    if (/from "zod"/.test(text))
      faults.push(`${path}: zod stays out of the browser; import the contract's types`);
  }
  const lines = text.split("\n").length;
  const isData = /\/(data|seed\/words|messages)/.test(path) || path.endsWith(".test.ts");
  if (product && lines > 400 && !isData) faults.push(`${path}: ${lines} lines; a file has at most 400`);
  return faults;
}
