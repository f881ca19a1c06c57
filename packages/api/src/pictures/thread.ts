import { parentPort } from "node:worker_threads";
import { drawSpec, NotDrawable, type SpecStill } from "@b24kit/elements/still";

/** What the thread answers to a job: a picture, why there is none, or what broke. */
export type ThreadAnswer =
  | { readonly svg: string }
  | { readonly refused: string }
  | { readonly broken: string };

async function answer(job: SpecStill): Promise<ThreadAnswer> {
  try {
    return { svg: await drawSpec(job) };
  } catch (error) {
    if (error instanceof NotDrawable) return { refused: error.message };
    return { broken: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

parentPort?.on("message", (job: SpecStill) => {
  void answer(job).then((said) => parentPort?.postMessage(said));
});
// Says that the code is there.
parentPort?.postMessage("ready");
