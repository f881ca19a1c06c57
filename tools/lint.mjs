/** `npm run lint`: Biome for format and common faults, Oxlint for rules that know types, ESLint for Lit's templates. */
import { spawnSync } from "node:child_process";

const STEPS = [
  ["biome", ["node_modules/@biomejs/biome/bin/biome", "ci", "--colors=off", "--diagnostic-level=warn"]],
  [
    "oxlint",
    ["node_modules/oxlint/bin/oxlint", "--type-aware", "--report-unused-disable-directives-severity=error"],
  ],
  ["eslint", ["node_modules/eslint/bin/eslint.js", "--no-color", "packages/elements/src"]],
  [
    "lit-analyzer",
    // Off: its CSS parser knows no container queries, and it takes Lit's `nothing` for a wrong value.
    [
      "node_modules/lit-analyzer/cli.js",
      "--quiet",
      "--rules.no-invalid-css",
      "off",
      "--rules.no-incompatible-type-binding",
      "off",
      "packages/elements/src/**/*.ts",
    ],
  ],
  ["knip", ["node_modules/knip/bin/knip.js", "--no-progress"]],
];

let failed = 0;
for (const [name, args] of STEPS) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });
  if (status !== 0) {
    failed += 1;
    console.log(`${name} found faults:\n${stdout}${stderr}`);
  }
}
process.exitCode = failed ? 1 : 0;
