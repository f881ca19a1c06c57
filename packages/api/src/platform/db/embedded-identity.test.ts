import assert from "node:assert/strict";
import { chmod, mkdir, mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "node:test";
import { canReach, parseNobody, runAs, unprivilegedIdentity } from "./embedded-identity.ts";
import { isAlive, isServerOf, readPostmaster } from "./embedded-postmaster.ts";

describe("the user who runs the server", { skip: process.platform === "win32" }, () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), "b24kit-reach-"));
    await mkdir(join(dir, "a", "b"), { recursive: true });
    for (const path of [dir, join(dir, "a"), join(dir, "a", "b")]) await chmod(path, 0o755);
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  it("is ourselves, but nobody in place of root", async () => {
    assert.equal(await unprivilegedIdentity(1000), undefined);
    assert.notEqual((await unprivilegedIdentity(0))?.uid, 0);
  });

  it("is found in the passwd file of any system", () => {
    assert.deepEqual(parseNobody("root:x:0:0::/:/bin/sh\nnobody:x:65534:65534:nobody:/:/sbin/nologin\n"), {
      uid: 65534,
      gid: 65534,
    });
    assert.deepEqual(parseNobody("nobody:*:-2:-2:Unprivileged User:/var/empty:/usr/bin/false"), {
      uid: 4294967294,
      gid: 4294967294,
    });
    assert.equal(parseNobody("root:x:0:0::/:/bin/sh"), undefined);
  });

  it("is passed to a process as the system takes it", () => {
    assert.deepEqual(runAs({ uid: 65534, gid: 65534 }), { uid: 65534, gid: 65534 });
    assert.deepEqual(runAs({ uid: 4294967294, gid: 4294967294 }), { uid: -2, gid: -2 });
    assert.deepEqual(runAs(undefined), {});
  });

  it("reaches a folder only through open ones above it", async () => {
    const stranger = { uid: 65534, gid: 65534 };
    const target = join(dir, "a", "b");
    assert.equal(await canReach(stranger, target), true);
    await chmod(join(dir, "a"), 0o750);
    assert.equal(await canReach(stranger, target), false);
    const { uid, gid } = await stat(dir);
    assert.equal(await canReach({ uid, gid: 4242 }, target), true, "the owner by the owner's bit");
    assert.equal(await canReach({ uid: 4242, gid }, target), true, "a member by the group's bit");
  });
});

describe("a server's traces", () => {
  it("are none in a folder without them", async () => {
    assert.equal(await readPostmaster(tmpdir()), undefined);
  });

  it("are not taken from other processes", async () => {
    assert.equal(isAlive(process.pid), true);
    assert.equal(isAlive(Number.NaN), false);
    assert.equal(await isServerOf(process.pid, tmpdir()), false);
    assert.equal(await isServerOf(999_999_999, tmpdir()), false);
  });
});
