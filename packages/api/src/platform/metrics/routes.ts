import type { Endpoint } from "@b24kit/client/contract";
import { AppError } from "../http/app-error.ts";
import type { App } from "../http/environment.ts";
import { mount } from "../http/mount.ts";
import type { Metrics } from "./metrics.ts";

const getMetrics = {
  id: "getMetrics",
  method: "get",
  path: "/metrics",
  tag: "health",
  summary: "Numbers of this process for Prometheus; wants an API key",
  access: "data:read",
  status: 200,
  produces: ["text/plain"],
} as const satisfies Endpoint;

export function routes(app: App, { registry }: Metrics): void {
  mount(app, getMetrics, async ({ c, caller }) => {
    if (caller.kind !== "key") throw new AppError("forbidden", "Metrics are for API keys only.");
    return c.body(await registry.metrics(), 200, { "Content-Type": registry.contentType });
  });
}
