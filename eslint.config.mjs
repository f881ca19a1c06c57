import { configs as lit } from "eslint-plugin-lit";
import litA11y from "eslint-plugin-lit-a11y";
import { configs as wc } from "eslint-plugin-wc";
import tseslint from "typescript-eslint";

/** Only what Biome lacks: typed promise rules everywhere, template and accessibility rules in the elements. */
export default tseslint.config(
  { ignores: ["**/dist/**", "**/cdn/**", "**/*.mjs", "storybook-static/**", "node_modules/**", "**/*.js"] },
  {
    files: ["**/*.ts"],
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    plugins: { "@typescript-eslint": tseslint.plugin },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "@typescript-eslint/no-floating-promises": [
        "error",
        {
          allowForKnownSafeCalls: [
            { from: "package", name: ["test", "it", "describe", "suite"], package: "node:test" },
          ],
        },
      ],
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: false }],
      "@typescript-eslint/await-thenable": "error",
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  {
    // chai's assertions look like promises since the accessibility check can be awaited.
    files: ["packages/elements/src/**/*.test.ts"],
    rules: { "@typescript-eslint/no-floating-promises": "off" },
  },
  { files: ["packages/elements/src/**/*.ts"], ...lit["flat/recommended"] },
  { files: ["packages/elements/src/**/*.ts"], ...wc["flat/recommended"] },
  {
    files: ["packages/elements/src/**/*.ts"],
    plugins: { "lit-a11y": litA11y },
    rules: {
      ...litA11y.configs.recommended.rules,
      "wc/guard-super-call": "off",
      // Safari takes the list's meaning away with its bullets; the role gives it back.
      "lit-a11y/no-redundant-role": "off",
    },
  },
);
