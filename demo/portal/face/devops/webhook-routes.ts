import { type Context, Hono } from "hono";
import * as z from "zod";
import type { WebhookInput } from "../../control/inputs.ts";
import { answerPage, goTo } from "../answer-page.ts";
import { openView } from "../session.ts";
import { renderOverview, webhookName } from "./overview-page.ts";
import type { Desk } from "./routes.ts";
import { renderOutgoingForm, renderWebhookForm } from "./webhook-forms.ts";
import { wrongFields } from "./wrong-fields.ts";

/** The overview, and both kinds of webhooks. */
export function webhookRoutes(desk: Desk): Hono {
  const { portal, control, oneTime } = desk;
  const app = new Hono({ strict: false });
  app.get("/", (c) => {
    const view = openView(portal, c);
    const secrets = oneTime.take(Number(view.user.ID), c.req.query("shown"));
    return answerPage(view, { title: "Разработчикам", body: renderOverview(view, secrets) });
  });
  app.get("/webhook", (c) => {
    const view = openView(portal, c);
    return answerPage(view, { title: "Новый входящий вебхук", body: renderWebhookForm(view) });
  });
  app.post("/webhook", (c) => createWebhook(desk, c));
  app.get("/outgoing", (c) => {
    const body = renderOutgoingForm("", new Set(), {});
    return answerPage(openView(portal, c), { title: "Новый исходящий вебхук", body });
  });
  app.post("/outgoing", (c) => createOutgoing(desk, c));
  app.post("/incoming/:name/revoke", (c) => {
    const named = [...portal.webhooks.keys()].find((code) => webhookName(code) === c.req.param("name"));
    if (named) control.revokeWebhook(named);
    return goTo("/devops/");
  });
  app.post("/outgoing/:id/revoke", (c) => {
    control.apps.removeOutgoingWebhook(Number(c.req.param("id")));
    return goTo("/devops/");
  });
  return app;
}

async function createWebhook({ portal, control, oneTime }: Desk, c: Context): Promise<Response> {
  const view = openView(portal, c);
  const form = await c.req.parseBody({ all: true });
  const input = { userId: Number(form.userId), scopes: [form.scopes ?? []].flat().map(String) };
  try {
    const { path } = control.createWebhook(input as WebhookInput);
    const secrets = [{ name: "Адрес вебхука", value: portal.address.url + path }];
    return goTo(`/devops/?shown=${oneTime.keep(Number(view.user.ID), secrets)}`);
  } catch (error) {
    // Nothing that the form itself could send; it is shown anew.
    if (!(error instanceof z.ZodError)) throw error;
    return answerPage(view, { title: "Новый входящий вебхук", body: renderWebhookForm(view), status: 422 });
  }
}

async function createOutgoing({ portal, control, oneTime }: Desk, c: Context): Promise<Response> {
  const view = openView(portal, c);
  const form = await c.req.parseBody({ all: true });
  const url = typeof form.url === "string" ? form.url.trim() : "";
  const events = [form.events ?? []].flat().map(String);
  try {
    const { token } = control.apps.addOutgoingWebhook({ url, events });
    const secrets = [{ name: "application_token", value: token }];
    return goTo(`/devops/?shown=${oneTime.keep(Number(view.user.ID), secrets)}`);
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    const body = renderOutgoingForm(url, new Set(events), wrongFields(error, { url, events }));
    return answerPage(view, { title: "Новый исходящий вебхук", body, status: 422 });
  }
}
