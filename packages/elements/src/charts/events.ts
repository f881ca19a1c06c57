import type { ChartAnswer, ChartSettings, Dashboard, SavedChart } from "@b24kit/client";
import { FactEvent, type Failure, RequestEvent } from "../core/index.ts";

/** A question is about to be asked; `preventDefault()` stops it. */
export class ChartAskEvent extends RequestEvent<{ question: string }> {
  constructor(detail: { question: string }) {
    super("b24-chart-ask", detail);
  }
}

/** An answer has come: a chart, a question back, or a refusal with its reason. */
export class ChartAnsweredEvent extends FactEvent<{ question: string; answer: ChartAnswer }> {
  constructor(detail: { question: string; answer: ChartAnswer }) {
    super("b24-chart-answered", detail);
  }
}

/** The question could not be answered: no connection, no rights, a time-out. */
export class ChartFailedEvent extends FactEvent<{ question: string; failure: Failure }> {
  constructor(detail: { question: string; failure: Failure }) {
    super("b24-chart-failed", detail);
  }
}

/** A chart is kept. */
export class ChartSavedEvent extends FactEvent<{ chart: SavedChart }> {
  constructor(detail: { chart: SavedChart }) {
    super("b24-chart-saved", detail);
  }
}

/** A dashboard is kept with all that was changed. */
export class DashboardSavedEvent extends FactEvent<{ dashboard: Dashboard }> {
  constructor(detail: { dashboard: Dashboard }) {
    super("b24-dashboard-saved", detail);
  }
}

/** What the model may see, spend or run has changed. */
export class ChartSettingsSavedEvent extends FactEvent<{ settings: ChartSettings }> {
  constructor(detail: { settings: ChartSettings }) {
    super("b24-chart-settings-saved", detail);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    "b24-chart-ask": ChartAskEvent;
    "b24-chart-answered": ChartAnsweredEvent;
    "b24-chart-failed": ChartFailedEvent;
    "b24-chart-saved": ChartSavedEvent;
    "b24-dashboard-saved": DashboardSavedEvent;
    "b24-chart-settings-saved": ChartSettingsSavedEvent;
  }
}
