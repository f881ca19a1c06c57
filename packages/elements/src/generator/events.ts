import type { GenerationOrder, GeneratorRun } from "@b24kit/client";
import { FactEvent, RequestEvent } from "../core/index.ts";

/** Someone asks for test data. `preventDefault()` keeps the element from making it. */
export class GeneratorStartEvent extends RequestEvent<{ order: GenerationOrder }> {
  constructor(detail: { order: GenerationOrder }) {
    super("b24-generator-start", detail);
  }
}

/** Someone asks to stop the run. `preventDefault()` lets it go on. */
export class GeneratorStopEvent extends RequestEvent<{ run: GeneratorRun }> {
  constructor(detail: { run: GeneratorRun }) {
    super("b24-generator-stop", detail);
  }
}

/** Someone has confirmed that a run's records are to be deleted. `preventDefault()` keeps them. */
export class GeneratorUndoEvent extends RequestEvent<{ run: GeneratorRun; force: boolean }> {
  constructor(detail: { run: GeneratorRun; force: boolean }) {
    super("b24-generator-undo", detail);
  }
}

/** A run has ended: completed, stopped, failed or undone, as its state tells. */
export class GeneratorFinishedEvent extends FactEvent<{ run: GeneratorRun }> {
  constructor(detail: { run: GeneratorRun }) {
    super("b24-generator-finished", detail);
  }
}

declare global {
  interface HTMLElementEventMap {
    "b24-generator-start": GeneratorStartEvent;
    "b24-generator-stop": GeneratorStopEvent;
    "b24-generator-undo": GeneratorUndoEvent;
    "b24-generator-finished": GeneratorFinishedEvent;
  }
}
