import { existsSync } from "node:fs";
import { mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { delimiter, dirname, join } from "node:path";

/** Flags that every headless run of ours uses: no GPU, no sandbox (root, containers), no traffic of its own. */
export const BROWSER_FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-dev-shm-usage",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const SYSTEM_NAMES =
  process.platform === "win32"
    ? ["chrome.exe", "chromium.exe", "msedge.exe"]
    : ["google-chrome", "google-chrome-stable", "chromium", "chromium-browser", "chrome"];

const SYSTEM_PLACES = {
  darwin: [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
  ],
  win32: [
    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
    "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
    "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
  ],
};

function systemBrowser() {
  const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  const named = SYSTEM_NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...named, ...(SYSTEM_PLACES[process.platform] ?? [])].find((path) => existsSync(path));
}

/** Libraries and fonts of the unpacked browser are found through the environment that it inherits. */
function pointAt(home) {
  const libraries = join(home, "al2023", "lib");
  process.env.LD_LIBRARY_PATH = [libraries, process.env.LD_LIBRARY_PATH].filter(Boolean).join(":");
  process.env.FONTCONFIG_PATH = join(home, "fonts");
}

/** The package unpacks into TMPDIR and takes whatever `chromium` lies there, so it gets a folder of its own. */
async function unpack(home) {
  const before = { TMPDIR: process.env.TMPDIR, runtime: process.env.AWS_LAMBDA_JS_RUNTIME };
  const draft = `${home}.${process.pid}`;
  await mkdir(draft, { recursive: true });
  process.env.TMPDIR = draft;
  process.env.AWS_LAMBDA_JS_RUNTIME = "nodejs20.x"; // makes it bring its own system libraries
  try {
    const { default: chromium } = await import("@sparticuz/chromium");
    await chromium.executablePath();
  } finally {
    restore("TMPDIR", before.TMPDIR);
    restore("AWS_LAMBDA_JS_RUNTIME", before.runtime);
  }
  await writeFile(join(draft, "fonts", "fonts.conf"), fontsConfig(home));
  await rename(draft, home).catch(async (error) => {
    await rm(draft, { recursive: true, force: true });
    if (!existsSync(home)) throw error; // else another process was first: the same files are there
  });
}

const fontsConfig = (home) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(home, "fonts")}</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${join(home, "fonts-cache")}</cachedir>
</fontconfig>
`;

function restore(name, value) {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}

async function packagedBrowser() {
  if (process.platform !== "linux" || process.arch !== "x64") return undefined;
  const folder = join(createRequire(import.meta.url).resolve("@sparticuz/chromium"), "../../..");
  const { version } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const home = join(folder, "../../.cache", `b24kit-chromium-${version}`);
  if (!existsSync(home)) {
    await mkdir(dirname(home), { recursive: true });
    await unpack(home);
  }
  pointAt(home);
  return (await stat(join(home, "chromium"))).isFile() ? join(home, "chromium") : undefined;
}

/**
 * A Chromium to test with: CHROME_PATH, else an installed one, else the one that came with npm (Linux x64).
 * @returns {Promise<{executablePath: string, shell: boolean}>} `shell`: it can only run headless
 */
export async function findBrowser() {
  const named = process.env.CHROME_PATH;
  if (named) {
    if (existsSync(named)) return { executablePath: named, shell: false };
    throw new Error(`CHROME_PATH names no file: ${named}`);
  }
  const installed = systemBrowser();
  if (installed) return { executablePath: installed, shell: false };
  const packaged = await packagedBrowser();
  if (packaged) return { executablePath: packaged, shell: true };
  throw new Error("No Chromium or Chrome was found: install one, or put its path into CHROME_PATH");
}

/** Starts it under Playwright, in a fresh profile. Close what it returns. */
export async function launchBrowser(options = {}) {
  const [{ executablePath }, { chromium }] = await Promise.all([findBrowser(), import("playwright-core")]);
  return chromium.launch({ executablePath, args: BROWSER_FLAGS, headless: true, ...options });
}
