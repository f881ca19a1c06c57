import { Worker } from "node:worker_threads";
import type { DrawPicture, PictureJob } from "../features/charts/deps.ts";
import { AppError } from "../platform/http/app-error.ts";
import type { ThreadAnswer } from "./thread.ts";

export interface PictureThread {
  readonly draw: DrawPicture;
  stop(): Promise<void>;
}

export interface PictureThreadOptions {
  /** A drawing that takes longer is given up, and the thread with it. */
  readonly patienceMs?: number;
  /** A thread that has nothing to draw for so long ends. */
  readonly idleMs?: number;
}

/** Beyond so many waiting drawings others would wait longer than anybody does. */
const MOST_WAITING = 200;
/** Memory that drawing may take, MB. */
const MOST_MEMORY = 512;
const THREAD = new URL("./thread.mjs", import.meta.url);

/**
 * Drawing takes milliseconds to seconds of pure computing, so it has a thread of its own: requests go on meanwhile. The
 * thread begins with the first picture, draws one after another, knows neither settings nor secrets, and is ended where
 * it takes too long.
 */
export function openPictureThread({
  patienceMs = 10_000,
  idleMs = 600_000,
}: PictureThreadOptions = {}): PictureThread {
  let thread: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;

  async function end(): Promise<void> {
    const ended = thread;
    thread = undefined;
    await ended?.terminate();
  }

  /** The thread, once its code is there: how long that takes says nothing of a drawing. */
  async function begin(): Promise<Worker> {
    if (thread) return thread;
    thread = new Worker(THREAD, {
      env: { NODE_ENV: "production" },
      resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY },
    });
    await nextMessage(thread);
    return thread;
  }

  async function ask(job: PictureJob): Promise<ThreadAnswer> {
    try {
      const asked = await begin();
      const answered = nextMessage<ThreadAnswer>(asked, patienceMs);
      asked.postMessage(job);
      return await answered;
    } catch (error) {
      await end();
      if (error === TOO_SLOW) return { refused: `Drawing it takes more than ${patienceMs} ms.` };
      throw error;
    }
  }

  async function drawNext(job: PictureJob, signal: AbortSignal): Promise<string> {
    signal.throwIfAborted();
    clearTimeout(idle);
    thread?.ref();
    try {
      const answer = await ask(job);
      if ("svg" in answer) return answer.svg;
      if ("refused" in answer) throw new AppError("chart_not_drawable", answer.refused);
      throw new Error(answer.broken);
    } finally {
      idle = setTimeout(end, idleMs).unref();
      thread?.unref();
    }
  }

  return {
    async draw(job, signal) {
      if (waiting >= MOST_WAITING)
        throw new AppError("too_many_requests", "Too many pictures wait to be drawn.", { retryAfter: 5 });
      waiting++;
      const turn = last.then(() => drawNext(job, signal));
      last = turn.catch(() => {}).finally(() => waiting--);
      return turn;
    },
    async stop() {
      clearTimeout(idle);
      await end();
    },
  };
}

const TOO_SLOW = new Error("The thread did not answer in time.");

/** What the thread says next. Rejects with its own error, with TOO_SLOW, or with `interrupted` where it ends. */
function nextMessage<T>(thread: Worker, patienceMs?: number): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const timer = patienceMs === undefined ? undefined : setTimeout(() => fail(TOO_SLOW), patienceMs);
    const onExit = () => fail(new AppError("interrupted", "The picture was not finished."));
    function settle() {
      clearTimeout(timer);
      thread.off("message", onMessage).off("error", fail).off("exit", onExit);
    }
    function onMessage(message: T) {
      settle();
      resolve(message);
    }
    function fail(error: Error) {
      settle();
      reject(error);
    }
    thread.on("message", onMessage).on("error", fail).on("exit", onExit);
  });
}
