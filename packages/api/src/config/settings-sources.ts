import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { ALIASES, SETTINGS, type SettingName } from "./settings.ts";

/** The text of a setting and where it was found, for the person who has to change it. */
export interface Found {
  readonly text: string;
  /** The name it was set by, which may be an alias. */
  readonly name: string;
  readonly place: string;
}

export type FoundSettings = Partial<Record<SettingName, Found>>;

const FILES = ["config.env", ".env"];

/** Settings from the environment, else `config.env`, else `.env` of `dir`. An empty value counts as none. */
export function findSettings(env: Readonly<Record<string, string | undefined>>, dir: string): FoundSettings {
  const places: [place: string, values: Readonly<Record<string, string | undefined>>][] = [
    ["the environment", env],
    ...FILES.map((file): [string, Record<string, string | undefined>] => [
      file,
      readEnvFile(join(dir, file)),
    ]),
  ];
  const found: FoundSettings = {};
  for (const [place, values] of places) {
    // Own names first, so that they win over aliases of the same place; places before win over places behind.
    const names = [
      ...(Object.keys(SETTINGS) as SettingName[]).map((name) => [name, name] as const),
      ...Object.entries(ALIASES),
    ];
    for (const [name, setting] of names) {
      const text = values[name]?.trim();
      if (text) found[setting] ??= { text, name, place };
    }
  }
  return found;
}

function readEnvFile(path: string): Record<string, string | undefined> {
  try {
    // Editors on Windows put a byte order mark before the first name.
    return parseEnv(readFileSync(path, "utf8").replace(/^\uFEFF/, "")) as Record<string, string | undefined>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return {};
    throw error;
  }
}
