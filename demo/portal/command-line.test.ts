import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { HELP, readCommandLine } from "./command-line.ts";

test("without a word it is a portal for one machine", () => {
  assert.deepEqual(readCommandLine([], {}), {
    ...{ help: false, tls: false },
    options: { port: 8081, seed: 1, counts: {}, handlers: { local: true, plainHttp: true } },
  });
});

test("the command line goes over the environment; empty variables say nothing", () => {
  const env = { PORTAL_PORT: "9000", DEMO_SEED: "", DATA_DIR: "/data", PORTAL_STRICT_HANDLERS: "1" };
  const args = ["--port", "0", "--deals=70", "--users", "5", "--plan", "enterprise", "--tls"];
  const { options, tls } = readCommandLine([...args, "--url", "https://portal.example/"], env);
  assert.equal(tls, true);
  assert.deepEqual(options, {
    ...{ port: 0, seed: 1, counts: { deals: 70, users: 5 }, dataDir: "/data", plan: "enterprise" },
    ...{ publicUrl: "https://portal.example", handlers: {} },
  });
});

const wrong: [args: string[], env: NodeJS.ProcessEnv, words: RegExp][] = [
  [["--port", "x"], {}, /--port or PORTAL_PORT must be a whole number up to 65535, not "x"/],
  [[], { PORTAL_PORT: "70000" }, /up to 65535/],
  [["--seed=-1"], {}, /--seed/],
  [["--deals", "many"], {}, /--deals/],
  [["--deals", "1e9"], {}, /--deals/],
  [["--users", "100001"], {}, /--users must be a whole number up to 100000/],
  [["--users", "0"], {}, /person 1/],
  [["--url", "portal"], {}, /--url or PORTAL_URL must be/],
  [[], { PORTAL_URL: "ftp://portal" }, /PORTAL_URL/],
  [["--plan", "free"], {}, /ordinary or enterprise/],
  [["--colour"], {}, /--colour/],
  [["house"], {}, /house/],
];

for (const [args, env, words] of wrong) {
  test(`${[...args, ...Object.values(env)].join(" ")} is refused in words`, () => {
    assert.throws(() => readCommandLine(args, env), words);
  });
}

const MAIN = fileURLToPath(new URL("main.ts", import.meta.url));

function run(...args: string[]) {
  const child = spawn(process.execPath, ["--conditions=@b24kit/source", "--import", "tsx", MAIN, ...args], {
    stdio: ["pipe", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  return { child, output: () => output };
}

test("as a process it helps, complains, and speaks TLS when told to", async () => {
  const [helped, refused, secure] = [
    run("--help"),
    run("--deals", "x"),
    run("--port=0", "--tls", "--deals=3"),
  ];
  const [[first], [second]] = await Promise.all([once(helped.child, "close"), once(refused.child, "close")]);
  assert.deepEqual([first, helped.output()], [0, `${HELP}\n`]);
  assert.equal(second, 1);
  assert.match(refused.output(), /^The portal emulator could not start: --deals must be a whole number/);
  while (!secure.output().includes("portal ready")) await once(secure.child.stdout, "data");
  const said = secure.output();
  assert.match(said, /portal ready https:\/\/127\.0\.0\.1:\d+ webhook https:\/\/127\.0\.0\.1:\d+\/rest\/1\//);
  const file = /NODE_EXTRA_CA_CERTS=(.+)\)/.exec(said)?.[1];
  secure.child.stdin.end();
  await once(secure.child, "close");
  await rm(file as string);
});
