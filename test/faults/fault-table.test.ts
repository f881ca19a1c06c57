import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

/** The faults that a sync must survive, by their numbers. */
const FAULTS = Array.from({ length: 27 }, (_, at) => at + 1);

test("each fault that a sync must survive has one test that names it", () => {
  const files = ["packages", "test"].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".test.ts") && !name.includes("node_modules"))
      .map((name) => `${folder}/${name}`),
  );
  const named = files.flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(/\b(?:test|it|describe)\(\s*["'`]F(\d+):/g)].map(([, n]) =>
      Number(n),
    ),
  );
  assert.deepEqual(
    named.sort((a, b) => a - b),
    FAULTS,
  );
});
