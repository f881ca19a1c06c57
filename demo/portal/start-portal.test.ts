import assert from "node:assert/strict";
import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { startPortal } from "./start-portal.ts";

const directory = mkdtempSync(join(tmpdir(), "b24kit-portal-"));
after(() => rmSync(directory, { recursive: true, force: true }));
const counts = { deals: 60, contacts: 5, companies: 5, leads: 5, users: 5 };
const MAIN = fileURLToPath(new URL("./main.ts", import.meta.url));
const env = { ...process.env, PORTAL_PORT: "0", DATA_DIR: directory, DEMO_SEED: "3", NODE_OPTIONS: "" };

const call = async (webhookUrl: string, method: string, params: unknown = {}) => {
  const body = JSON.stringify(params);
  const response = await fetch(webhookUrl + method, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body,
  });
  return (await response.json()) as { result: unknown; error?: string };
};

test("a portal listens on a free port, works, and closes", async () => {
  const portal = await startPortal({ counts });
  assert.match(portal.webhookUrl, new RegExp(`^http://127\\.0\\.0\\.1:${portal.port}/rest/1/[0-9a-f]{16}/$`));
  const { result } = await call(portal.webhookUrl, "crm.deal.list");
  assert.equal((result as unknown[]).length, 50);
  assert.equal(portal.control.stats().requests, 1);
  await portal.close();
  await assert.rejects(fetch(portal.url));
});

test("connections can be cut before and after the effect, or left without an answer", async () => {
  const portal = await startPortal({ counts });
  const add = () => call(portal.webhookUrl, "crm.deal.add", { fields: { TITLE: "x" } });
  const size = () => portal.control.checksum("deal").count;
  portal.control.addFault({ effect: "reset", match: "crm.deal.add" });
  await assert.rejects(add);
  assert.equal(size(), 60);
  portal.control.addFault({ effect: "loseResponse", match: "crm.deal.add" });
  await assert.rejects(add);
  assert.equal(size(), 61);
  portal.control.addFault({ effect: "drop", match: "profile" });
  const waiting = fetch(`${portal.webhookUrl}profile`, { signal: AbortSignal.timeout(50) });
  await assert.rejects(waiting, { name: "TimeoutError" });
  assert.equal((await call(portal.webhookUrl, "profile")).error, undefined);
  portal.control.addFault({ effect: "drop", match: "profile" });
  const unanswered = assert.rejects(fetch(`${portal.webhookUrl}profile`));
  while (portal.control.stats().faultsMade < 4) await new Promise((resolve) => setImmediate(resolve));
  await portal.close();
  await unanswered;
});

test("two portals in one data directory are two portals", async () => {
  const [a, b] = await Promise.all(
    ["a", "b"].map((name) => startPortal({ counts, dataDir: directory, name })),
  );
  assert.notEqual(a!.webhookUrl.split("/")[5], b!.webhookUrl.split("/")[5]);
  await call(a!.webhookUrl, "crm.deal.add", { fields: {} });
  assert.deepEqual([a!.control.checksum("deal").count, b!.control.checksum("deal").count], [61, 60]);
  await Promise.all([a!.close(), b!.close()]);
});

interface Ready {
  url: string;
  webhookUrl: string;
}

async function startProcess(): Promise<{ child: ChildProcess; ready: Ready; output: () => string }> {
  const execArgv = ["--conditions=@b24kit/source", "--import", "tsx"];
  const child = fork(MAIN, { env, execArgv, stdio: ["ignore", "pipe", "inherit", "ipc"] });
  let output = "";
  child.stdout?.on("data", (chunk) => {
    output += chunk;
  });
  const [ready] = (await once(child, "message")) as [Ready];
  return { child, ready, output: () => output };
}

test("as a process it keeps what it answered over kill -9, and ends with its parent", async () => {
  const first = await startProcess();
  const { result: id } = await call(first.ready.webhookUrl, "crm.deal.add", {
    fields: { TITLE: "Уцелевшая" },
  });
  first.child.kill("SIGKILL");
  await once(first.child, "exit");
  const second = await startProcess();
  const deal = (await call(second.ready.webhookUrl, "crm.deal.get", { id })).result as { TITLE: string };
  assert.equal(deal.TITLE, "Уцелевшая");
  assert.equal(second.output(), `portal ready ${second.ready.url}\n`);
  second.child.disconnect();
  const [code] = await once(second.child, "exit");
  assert.equal(code, 0);
});

test("started without a channel it ends when its input closes", async () => {
  const args = ["--conditions=@b24kit/source", "--import", "tsx", MAIN];
  const child = spawn(process.execPath, args, {
    env: { ...env, DATA_DIR: "" },
    stdio: ["pipe", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  child.stdin.end();
  const [code] = await once(child, "exit");
  assert.equal(code, 0);
});
