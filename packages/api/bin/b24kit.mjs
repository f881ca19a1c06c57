#!/usr/bin/env node
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const [command, ...rest] = process.argv.slice(2);
const commands = { doctor: "../src/doctor.ts" };
const program = Object.hasOwn(commands, command ?? "") ? commands[command] : undefined;
if (program === undefined) {
  console.error("Usage: b24kit doctor [--write] [--json]");
  process.exit(2);
}
const file = fileURLToPath(new URL(program, import.meta.url));
const flags = ["--conditions=@b24kit/source", "--import", import.meta.resolve("tsx")];
process.exit(spawnSync(process.execPath, [...flags, file, ...rest], { stdio: "inherit" }).status ?? 1);
