import { fileURLToPath } from "node:url";
import { esbuildPlugin } from "@web/dev-server-esbuild";
import { defaultReporter } from "@web/test-runner";
import { chromeLauncher } from "@web/test-runner-chrome";
import { BROWSER_FLAGS, findBrowser } from "./tools/browser.mjs";
import { vendorPlugin } from "./tools/vendor-plugin.mjs";
import { countsReporter } from "./tools/wtr-counts.mjs";

const root = fileURLToPath(new URL(".", import.meta.url)).replace(/[\\/]$/, "");
const { executablePath, shell } = await findBrowser();

/** Element tests: sources as they are, in a real browser. `npx wtr --files path/to/x.test.ts` runs one file. */
export default {
  rootDir: root,
  files: ["packages/elements/src/**/*.test.ts"],
  concurrency: 2,
  nodeResolve: { exportConditions: ["@b24kit/source", "browser"] },
  browsers: [
    chromeLauncher({
      // A window of its own for each page: a tab behind another one gets no animation frames.
      createPage: async ({ browser }) => (await browser.createBrowserContext()).newPage(),
      launchOptions: { executablePath, args: BROWSER_FLAGS, headless: shell ? "shell" : true },
    }),
  ],
  plugins: [
    vendorPlugin(root),
    // tsconfig.base.json itself: the plugin does not follow `extends`, and the decorators are set there.
    esbuildPlugin({ ts: true, target: "esnext", tsconfig: `${root}/tsconfig.base.json` }),
  ],
  reporters: [defaultReporter({ reportTestProgress: Boolean(process.stdout.isTTY) }), countsReporter()],
  testFramework: { config: { timeout: 10_000 } },
  testsFinishTimeout: 120_000,
};
