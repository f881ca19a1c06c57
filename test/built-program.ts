import { rmSync } from "node:fs";
import { relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { bundleForNode } from "../tools/node-bundle.ts";

const folder = `node_modules/.cache/b24kit-programs/${process.pid}`;
const built = new Map<string, Promise<string>>();
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));

/**
 * A program that a test runs in a process of its own, as a module that Node starts in a fifth of the time that its
 * source takes.
 * @param source its address
 * @returns an absolute path
 */
export function builtProgram(source: URL): Promise<string> {
  const file = relative(process.cwd(), fileURLToPath(source)).replaceAll("\\", "/");
  let program = built.get(file);
  if (!program) {
    program = bundleForNode([file], folder).then((moduleOf) => resolve(moduleOf(file)));
    built.set(file, program);
  }
  return program;
}
