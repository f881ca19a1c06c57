/** Reporter of node:test, which runs one file a process: a line for it, every failure in full, and the counts as JSON for tools/test.ts. */
import { writeFileSync } from "node:fs";
import { relative } from "node:path";

const indent = (text) => text.replace(/^/gm, "    ");

/** The error as its author wrote it, without the runner's own wrapper around it. */
function explain(error) {
  const told = [];
  for (let cause = error?.cause ?? error; cause; cause = cause.cause)
    told.push(typeof cause === "string" ? cause : (cause.stack ?? String(cause)));
  return indent(told.join("\ncaused by "));
}

export default async function* report(events) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  const files = new Map();
  const of = (file) => {
    const name = file ? relative(process.cwd(), file) : "?";
    if (!files.has(name)) files.set(name, { passed: 0, failed: 0 });
    return [name, files.get(name)];
  };
  for await (const { type, data } of events) {
    if (type === "test:pass" || type === "test:fail") {
      const [name, file] = of(data.file);
      if (data.details.type === "suite") continue;
      if (data.skip !== undefined) {
        total.skipped += 1;
        yield `  skipped  ${name}: ${data.name} (${data.skip === true ? "no reason given" : data.skip})\n`;
      } else if (type === "test:pass") {
        total.passed += 1;
        file.passed += 1;
      } else {
        // A parent fails because a child did; the child has been told already.
        if (data.details.error?.failureType === "subtestsFailed") continue;
        total.failed += 1;
        file.failed += 1;
        yield `  FAILED   ${name}: ${data.name}\n${explain(data.details.error)}\n`;
      }
    }
  }
  for (const [name, file] of files) {
    yield `  ${file.failed ? "FAILED" : "ok    "} ${name}  ${file.passed}/${file.passed + file.failed}  ${(performance.now() / 1000).toFixed(1)} s\n`;
  }
  if (process.env.B24KIT_TEST_COUNTS) writeFileSync(process.env.B24KIT_TEST_COUNTS, JSON.stringify(total));
}
