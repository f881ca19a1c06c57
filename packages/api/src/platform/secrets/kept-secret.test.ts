import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { Worker } from "node:worker_threads";
import { keptSecret } from "./kept-secret.ts";

describe("a secret that is kept in a file", () => {
  const folder = mkdtempSync(join(tmpdir(), "b24kit-secret-"));
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("is made once, for its owner alone", () => {
    const path = join(folder, "once");
    assert.equal(
      keptSecret(path, () => "first"),
      "first",
    );
    assert.equal(
      keptSecret(path, () => "second"),
      "first",
    );
    if (process.platform !== "win32") assert.equal(statSync(path).mode & 0o777, 0o600);
  });

  it("is made anew where the file was left empty", () => {
    const path = join(folder, "empty");
    writeFileSync(path, "");
    assert.equal(
      keptSecret(path, () => "made"),
      "made",
    );
    assert.equal(readFileSync(path, "utf8"), "made\n");
  });

  it("is one for threads of one process that ask together", async () => {
    const asked = Array.from({ length: 4 }, (_, name) => ask(join(folder, "together"), 200, String(name)));
    const [first, ...others] = await Promise.all(asked);
    for (const other of others) assert.deepEqual(other, first);
    assert.deepEqual(
      readdirSync(folder).filter((name) => !/^(once|empty|together\d+)$/.test(name)),
      [],
      "nothing is left beside",
    );
  });
});

/** Asks in a thread for `rounds` secrets, one after the other, and tells what it got. */
function ask(path: string, rounds: number, name: string): Promise<string[]> {
  const module = new URL("./kept-secret.ts", import.meta.url).href;
  const code = `const { parentPort } = require("node:worker_threads");
    import("tsx/esm/api").then(({ register }) => register() && import(${JSON.stringify(module)})).then(({ keptSecret }) => parentPort.postMessage(Array.from(
      { length: ${rounds} }, (_, n) => keptSecret(${JSON.stringify(path)} + n, () => ${JSON.stringify(name)} + n))));`;
  return new Promise((resolve, reject) => {
    new Worker(code, { eval: true }).once("message", resolve).once("error", reject);
  });
}
