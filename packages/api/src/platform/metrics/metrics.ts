import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { RequestSummary } from "../http/request-log.ts";

export interface Metrics {
  readonly registry: Registry;
  observeRequest(summary: RequestSummary): void;
  observeJob(job: { queue: string; state: "completed" | "failed"; seconds: number }): void;
  observeQuery(query: string, state: string, milliseconds: number): void;
  /** Names a number that is read when metrics are asked for. */
  gauge(name: string, help: string, read: () => number): void;
}

/** This process's numbers; every app has its own registry, so that tests can run side by side. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: "b24_http_request_duration_seconds",
    help: "Time until the answer began, by endpoint",
    labelNames: ["method", "route", "status"],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.3, 1, 3, 10],
    registers: [registry],
  });
  const jobs = new Histogram({
    name: "b24_jobs_duration_seconds",
    help: "Time a job took, by queue and end",
    labelNames: ["queue", "state"],
    buckets: [0.1, 1, 10, 60, 600],
    registers: [registry],
  });
  const queries = new Histogram({
    name: "b24_queries_duration_seconds",
    help: "Time until the last row of a query was sent, by query and end",
    labelNames: ["query", "state"],
    buckets: [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30],
    registers: [registry],
  });
  const errors = new Counter({
    name: "b24_http_errors_total",
    help: "Answers with status 500 or above",
    labelNames: ["route"],
    registers: [registry],
  });
  return {
    registry,
    observeRequest({ method, route, status, milliseconds }) {
      requests.observe({ method: methodLabel(method), route, status }, milliseconds / 1_000);
      if (status >= 500) errors.inc({ route });
    },
    observeJob({ queue, state, seconds }) {
      jobs.observe({ queue, state }, seconds);
    },
    observeQuery(query, state, milliseconds) {
      queries.observe({ query, state }, milliseconds / 1_000);
    },
    gauge(name, help, read) {
      const gauge: Gauge = new Gauge({
        name,
        help,
        registers: [registry],
        collect() {
          gauge.set(read());
        },
      });
    },
  };
}

const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/** Anyone can invent a method: the label stays bounded. */
const methodLabel = (method: string) => (METHODS.has(method) ? method : "other");
