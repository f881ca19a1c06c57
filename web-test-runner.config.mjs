import { fileURLToPath } from "node:url";
import { defaultReporter } from "@web/test-runner";
import { chromeLauncher } from "@web/test-runner-chrome";
import { BROWSER_FLAGS, findBrowser } from "./tools/browser.mjs";
import { bundlePlugin } from "./tools/bundle-plugin.mjs";
import { countsReporter } from "./tools/wtr-counts.mjs";

const root = fileURLToPath(new URL(".", import.meta.url)).replace(/[\\/]$/, "");
const { executablePath, shell } = await findBrowser();

/** Element tests in a real browser. `npx wtr --files path/to/x.test.ts` runs one file. */
export default {
  rootDir: root,
  files: ["packages/elements/src/**/*.test.ts"],
  concurrency: 2,
  browsers: [
    chromeLauncher({
      // A window of its own for each page: a tab behind another one gets no animation frames.
      createPage: async ({ browser }) => (await browser.createBrowserContext()).newPage(),
      launchOptions: { executablePath, args: BROWSER_FLAGS, headless: shell ? "shell" : true },
    }),
  ],
  plugins: [bundlePlugin(root, "packages/elements/src")],
  reporters: [defaultReporter({ reportTestProgress: Boolean(process.stdout.isTTY) }), countsReporter()],
  // Only what hangs is to end here: on busy cores an axe check of a full page alone has taken ten seconds.
  testFramework: { config: { timeout: 60_000 } },
  testsFinishTimeout: 300_000,
};
