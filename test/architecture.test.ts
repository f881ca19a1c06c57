import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { describe, it } from "node:test";
import { fileFaults, importFaults, importsOf, type Source } from "./architecture/rules.ts";

const tracked = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
  encoding: "utf8",
}).split("\n");
const sources: Source[] = tracked
  .filter((path) => /\.(ts|mjs)$/.test(path) && !path.endsWith(".d.ts") && existsSync(path))
  .map((path) => ({ path, text: readFileSync(path, "utf8") }));

describe("who may import whom", () => {
  it("is kept by every file", () => {
    assert.ok(sources.length > 50, "the sources were found");
    assert.deepEqual(sources.flatMap(importFaults), []);
  });

  it("is seen to be broken where it is", () => {
    const planted: [path: string, imports: string][] = [
      ["packages/api/src/features/sync/routes.ts", "../portal/store.ts"],
      ["packages/api/src/platform/db/database.ts", "../../features/sync/store.ts"],
      ["packages/elements/src/sync/status.ts", "../charts/chart.ts"],
      ["packages/elements/src/core/base.ts", "../sync/status.ts"],
      ["packages/elements/src/sync/status.ts", "../../../api/src/app.ts"],
      ["packages/client/src/sync.ts", "../../api/src/app.ts"],
      ["packages/api/src/features/sync/routes.ts", "@b24kit/client"],
      ["packages/api/src/features/charts/pictures.ts", "@b24kit/elements/still"],
      ["packages/api/src/pictures/thread.ts", "@b24kit/elements"],
      ["demo/portal/main.ts", "../../packages/api/src/config.ts"],
      ["demo/pages/home.ts", "../portal/index.ts"],
    ];
    for (const [path, name] of planted) {
      assert.equal(
        importFaults({ path, text: `import { x } from "${name}";` }).length,
        1,
        `${path} -> ${name}`,
      );
      assert.equal(
        importFaults({ path, text: `const x = await import("${name}");` }).length,
        1,
        `${path} -> import(${name})`,
      );
    }
    const twoFeatures = `import a from "./features/sync/routes.ts";\nimport b from "./features/portal/routes.ts";`;
    assert.equal(importFaults({ path: "packages/api/src/start.ts", text: twoFeatures }).length, 1);
    assert.equal(importFaults({ path: "packages/api/src/app.ts", text: twoFeatures }).length, 0);
  });

  it("reads every form of import", () => {
    const text = `import "./a.ts";\nimport type { B } from "./b.ts";\nexport * from "./c.ts";\nimport {\n d,\n} from "./d.ts";\nawait import("./e.ts");`;
    assert.deepEqual(importsOf({ path: "x/y.ts", text }), ["x/a.ts", "x/b.ts", "x/c.ts", "x/d.ts", "x/e.ts"]);
  });
});

describe("every file", () => {
  it("keeps the house rules", () => assert.deepEqual(sources.flatMap(fileFaults), []));

  it("is caught when it does not", () => {
    const element = "packages/elements/src/sync/x/x.ts";
    const long = "x\n".repeat(500);
    for (const [path, text] of [
      ["packages/api/src/utils.ts", ""],
      ["packages/api/src/app.ts", "process.env.X"],
      [element, "await fetch(url)"],
      [element, "html`<p style=red>`"],
      [element, 'import { z } from "zod"'],
      ["packages/api/src/app.ts", long],
    ] as const)
      assert.equal(fileFaults({ path, text }).length, 1, `${path}: ${text.slice(0, 20)}`);
  });
});

describe("every element", () => {
  const definitions = tracked.filter((path) => /^packages\/elements\/src\/.+\.define\.ts$/.test(path));
  it("exists", () => assert.ok(definitions.length >= 4));
  for (const path of definitions) {
    const folder = dirname(path);
    const tag = folder.split("/").at(-1)!;
    const feature = folder.split("/").at(-2)!;
    it(`<b24-${tag}> has its class, styles, test, story and both languages`, () => {
      for (const file of [`${tag}.ts`, `${tag}.styles.ts`, `${tag}.test.ts`])
        assert.ok(existsSync(`${folder}/${file}`), `${folder}/${file}`);
      const stories = tracked.filter((name) => name.startsWith("stories/") && name.endsWith(".stories.ts"));
      assert.ok(
        stories.some((name) => readFileSync(name, "utf8").includes(`"b24-${tag}"`)),
        `a story of b24-${tag}`,
      );
      const words = ["ru", "en"].map(
        (language) =>
          tracked.some(
            (name) =>
              name.startsWith(`packages/elements/src/${feature}/`) &&
              name.endsWith(`messages.${language}.ts`),
          ) || existsSync(`packages/elements/src/core/messages.${language}.ts`),
      );
      assert.deepEqual(words, [true, true]);
    });
  }
});

describe("the lock file", () => {
  it("holds every platform's builds and no registry's address", () => {
    const text = readFileSync("package-lock.json", "utf8");
    const { packages } = JSON.parse(text) as {
      packages: Record<string, { optionalDependencies?: Record<string, string> }>;
    };
    const names = new Set(Object.keys(packages).map((path) => path.split("node_modules/").at(-1)));
    const missing = Object.values(packages).flatMap((entry) =>
      Object.keys(entry.optionalDependencies ?? {}).filter((name) => !names.has(name)),
    );
    assert.deepEqual(missing, [], "run: npm run lock");
    assert.doesNotMatch(text, /"resolved": "https?:/);
  });
});
