import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join, relative } from "node:path";
import { create } from "@custom-elements-manifest/analyzer/src/create.js";
import { litPlugin } from "@custom-elements-manifest/analyzer/src/features/framework-plugins/lit/lit.js";

// The analyzer walks the tree of its own, older compiler.
const require = createRequire(import.meta.url);
const ts = createRequire(require.resolve("@custom-elements-manifest/analyzer/package.json"))("typescript");

async function sourcesUnder(folder) {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter(({ name }) => name.endsWith(".ts") && !/\.(test|define|styles|d)\.ts$/.test(name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

/** `src/x.ts` as the package serves it. */
const toBuilt = (path) => path.replace(/^\/?src\//, "dist/").replace(/\.ts$/, ".js");

const isShown = (member) => !member.privacy && !member.static && !member.name.startsWith("#");

function tidyMember({ parsedType: _, default: value, ...member }) {
  const settled = value === undefined || value === '""' || value === "undefined";
  return settled ? member : { ...member, default: value };
}

function tidyElement(declaration) {
  const { members = [], attributes = [], events = [], ...rest } = declaration;
  const shown = new Set(members.filter(isShown).map(({ name }) => name));
  return {
    ...rest,
    attributes: attributes.filter(({ fieldName }) => !fieldName || shown.has(fieldName)).map(tidyMember),
    members: members.filter(isShown).map(tidyMember),
    // `dispatchEvent(new X({…}))` leaves a nameless twin of what the class's comment describes.
    events: events.filter(({ name, description }) => name && description),
  };
}

function tidy(manifest) {
  const modules = manifest.modules
    .map((module) => {
      const declarations = module.declarations.filter(
        ({ customElement, tagName }) => customElement && tagName,
      );
      const names = new Set(declarations.map(({ name }) => name));
      return {
        ...module,
        path: toBuilt(module.path),
        declarations: declarations.map(tidyElement),
        exports: module.exports.filter(({ name }) => names.has(name)),
      };
    })
    .filter(({ declarations }) => declarations.length > 0);
  const text = JSON.stringify({ ...manifest, modules }, (key, value) =>
    key === "module" && typeof value === "string" ? toBuilt(value) : value,
  );
  return JSON.parse(text);
}

/**
 * What the elements accept and emit, read from their classes and the comments above them.
 * @returns {Promise<object>} a Custom Elements Manifest with paths as the package serves them
 */
export async function readManifest(packageFolder) {
  const files = await sourcesUnder(join(packageFolder, "src"));
  const modules = await Promise.all(
    files.map(async (file) => {
      const name = relative(packageFolder, file).replaceAll("\\", "/");
      return ts.createSourceFile(name, await readFile(file, "utf8"), ts.ScriptTarget.ES2022, true);
    }),
  );
  return tidy(create({ modules, plugins: litPlugin(), context: { dev: false } }));
}

/** What a comment owes: a summary, and words for each attribute, property and event. */
export function manifestFaults(manifest) {
  return manifest.modules.flatMap(({ declarations }) =>
    declarations.flatMap((element) => {
      const parts = [...element.members, ...element.attributes, ...element.events];
      const mute = parts.filter((part) => !part.description && !part.inheritedFrom);
      return [
        ...(element.summary ? [] : [`<${element.tagName}> has no @summary`]),
        ...mute.map(({ name }) => `<${element.tagName}> ${name} has no description`),
      ];
    }),
  );
}
