/**
 * Adds to package-lock.json the platform builds that the registry in use left out.
 *
 * npm drops an optional dependency from the lock when its registry answers 404 for it, as mirrors do for the builds
 * of other systems; `npm ci` of npm 11 then refuses the lock ("Missing: … from lock file"). A stub with version, os
 * and cpu is all that npm needs to skip the package here and to install it where it belongs.
 */
import { readFileSync, writeFileSync } from "node:fs";

const SYSTEMS = [
  "aix",
  "android",
  "darwin",
  "freebsd",
  "linux",
  "netbsd",
  "openbsd",
  "openharmony",
  "sunos",
  "win32",
];
const PROCESSORS = [
  "arm",
  "arm64",
  "ia32",
  "loong64",
  "mips64el",
  "ppc64",
  "riscv64",
  "s390x",
  "wasm32",
  "x64",
];

/** `@rollup/rollup-linux-arm-gnueabihf` -> { os: ["linux"], cpu: ["arm"] }; what the name does not tell is left open. */
export function platformOf(name) {
  const words = name.replace("windows", "win32").split(/[-/]/);
  const pick = (known) => words.filter((word) => known.includes(word));
  const [os, cpu] = [pick(SYSTEMS), pick(PROCESSORS)];
  const libc = words.some((word) => word.startsWith("musl"))
    ? ["musl"]
    : words.includes("gnu") && os[0] === "linux"
      ? ["glibc"]
      : [];
  return { ...(cpu.length && { cpu }), ...(libc.length && { libc }), ...(os.length && { os }) };
}

/** The lock with a stub for every optional dependency it names but does not hold at the wanted version. */
export function completeLock(lock) {
  const packages = { ...lock.packages };
  /** What Node's resolution finds for `name` from `parent`: the nearest node_modules wins. */
  const resolve = (parent, name) => {
    for (let at = parent; ; at = at.slice(0, Math.max(0, at.lastIndexOf("node_modules/") - 1))) {
      const found = packages[at ? `${at}/node_modules/${name}` : `node_modules/${name}`];
      if (found || !at) return found;
    }
  };
  const added = [];
  for (const [parent, entry] of Object.entries(lock.packages)) {
    for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
      const exact = /^\d[\w.+-]*$/.test(range);
      const found = resolve(parent, name);
      if (found?.version && (!exact || found.version === range)) continue;
      const place = found?.version ? `${parent}/node_modules/${name}` : `node_modules/${name}`;
      const version = range.replace(/^\D+/, "");
      packages[place] = { version, ...platformOf(name), ...(entry.dev && { dev: true }), optional: true };
      added.push(`${name}@${version}`);
    }
  }
  const sorted = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1)));
  return { lock: { ...lock, packages: sorted }, added };
}

if (import.meta.filename === process.argv[1]) {
  const { lock, added } = completeLock(JSON.parse(readFileSync("package-lock.json", "utf8")));
  writeFileSync("package-lock.json", `${JSON.stringify(lock, null, 2)}\n`);
  console.log(
    added.length
      ? `added ${added.length} platform builds to package-lock.json`
      : "package-lock.json is complete",
  );
}
