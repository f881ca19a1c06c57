import parser from "@typescript-eslint/parser";
import { configs as lit } from "eslint-plugin-lit";
import litA11y from "eslint-plugin-lit-a11y";
import { configs as wc } from "eslint-plugin-wc";

const FILES = ["packages/elements/src/**/*.ts"];

/** Only what Biome and Oxlint lack: rules of templates and accessibility in the elements. */
export default [
  { files: FILES, languageOptions: { parser }, linterOptions: { reportUnusedDisableDirectives: "error" } },
  { files: FILES, ...lit["flat/recommended"] },
  { files: FILES, ...wc["flat/recommended"] },
  {
    files: FILES,
    plugins: { "lit-a11y": litA11y },
    rules: {
      ...litA11y.configs.recommended.rules,
      "wc/guard-super-call": "off",
      // Safari takes the list's meaning away with its bullets; the role gives it back.
      "lit-a11y/no-redundant-role": "off",
    },
  },
];
