import type { B24Client } from "@b24kit/client";

/** Keeps the answers of kept charts back until they are released, or until they are to fail. */
export function holdCharts(client: B24Client): { release(): void; fail(): void } {
  const { boards } = client.charts;
  const run = boards.run.bind(boards);
  let [release, fail] = [() => {}, () => {}];
  const held = new Promise<void>((resolve, reject) => {
    release = resolve;
    fail = () => reject(new Error("sample"));
  });
  boards.run = async (...args) => {
    await held;
    return run(...args);
  };
  return { release, fail };
}
