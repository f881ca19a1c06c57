import { writeFileSync } from "node:fs";

const leaves = (suite) => [...(suite?.tests ?? []), ...(suite?.suites ?? []).flatMap(leaves)];

/** Web Test Runner reporter: what ran, as JSON for tools/test.ts, and a line for every skipped test. */
export function countsReporter() {
  return {
    onTestRunFinished({ sessions }) {
      const counts = { passed: 0, failed: 0, skipped: 0 };
      for (const session of sessions) {
        for (const test of leaves(session.testResults)) {
          if (test.skipped) {
            counts.skipped += 1;
            console.log(`  skipped  ${session.testFile}: ${test.name}`);
          } else counts[test.passed ? "passed" : "failed"] += 1;
        }
        // A file that could not even be loaded has no tests to fail.
        if (!session.passed && !leaves(session.testResults).some((test) => !test.passed)) counts.failed += 1;
      }
      if (process.env.B24KIT_TEST_COUNTS)
        writeFileSync(process.env.B24KIT_TEST_COUNTS, JSON.stringify(counts));
    },
  };
}
