import { type Context, Hono } from "hono";
import * as z from "zod";
import type { Application } from "../../apps/application.ts";
import type { AppInput } from "../../apps/inputs.ts";
import { createControl, type PortalControl } from "../../control/control.ts";
import type { Portal } from "../../portal.ts";
import { answerPage, goTo } from "../answer-page.ts";
import { html } from "../markup.ts";
import type { View } from "../page.ts";
import { isOwnRequest, openView } from "../session.ts";
import { type ApplicationInput, NEW_APPLICATION, renderApplicationForm } from "./application-form.ts";
import { OneTime } from "./one-time.ts";
import { webhookRoutes } from "./webhook-routes.ts";
import { type WrongFields, wrongFields } from "./wrong-fields.ts";

/** What the routes of this room share. */
export interface Desk {
  portal: Portal;
  control: PortalControl;
  oneTime: OneTime;
}

/** `/devops/`: local applications and webhooks, for administrators. */
export function devopsRoutes(portal: Portal): Hono {
  const desk: Desk = { portal, control: createControl(portal), oneTime: new OneTime() };
  const app = new Hono({ strict: false });
  app.use(async (c, next) => {
    const view = openView(portal, c);
    if (!view.isAdmin) return refused(view, "Раздел открыт администратору портала");
    if (c.req.method !== "GET" && !isOwnRequest(c)) return refused(view, "Запрос пришёл с другого сайта");
    return next();
  });
  app.get("/app/:id", (c) => showForm(desk, c));
  app.post("/app/:id", (c) => saveForm(desk, c));
  app.post("/app/:id/install", (c) => install(desk, c));
  app.post("/app/:id/remove", (c) => remove(desk, c));
  app.route("/", webhookRoutes(desk));
  return app;
}

function showForm({ portal, oneTime }: Desk, c: Context): Response {
  const view = openView(portal, c);
  const application = find(portal, c);
  if (!application && c.req.param("id") !== "0") return missing(view);
  const secrets = oneTime.take(Number(view.user.ID), c.req.query("shown"));
  const input = application ? inputOf(application) : NEW_APPLICATION;
  return answerForm(view, application, input, {}, secrets);
}

async function saveForm({ portal, control, oneTime }: Desk, c: Context): Promise<Response> {
  const view = openView(portal, c);
  const application = find(portal, c);
  if (!application && c.req.param("id") !== "0") return missing(view);
  const input = await readInput(c);
  try {
    const card = { ...input, scopes: [...input.scopes] } as AppInput;
    if (application) {
      control.apps.change(application.id, card);
      return goTo(`/devops/app/${application.id}/`);
    }
    const userId = Number(view.user.ID);
    const { id, clientId, clientSecret } = control.apps.create({ ...card, userId });
    const secrets = [
      { name: "client_id", value: clientId },
      { name: "client_secret", value: clientSecret },
    ];
    return goTo(`/devops/app/${id}/?shown=${oneTime.keep(userId, secrets)}`);
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    return answerForm(view, application, input, wrongFields(error, { ...input }), []);
  }
}

async function readInput(c: Context): Promise<ApplicationInput> {
  const form = await c.req.parseBody({ all: true });
  const text = (name: string) => (typeof form[name] === "string" ? form[name].trim() : "");
  return {
    title: text("title"),
    handlerUrl: text("handlerUrl"),
    installUrl: text("installUrl"),
    scopes: [form.scopes ?? []].flat().map(String),
    scriptOnly: form.scriptOnly === "Y",
  };
}

function inputOf({ title, handlerUrl, installUrl, scopes, scriptOnly }: Application): ApplicationInput {
  return { title, handlerUrl, installUrl: installUrl ?? "", scopes, scriptOnly };
}

function answerForm(
  view: View,
  application: Application | null,
  input: ApplicationInput,
  wrong: WrongFields,
  secrets: ReturnType<OneTime["take"]>,
): Response {
  const body = renderApplicationForm(view, { application, input, wrong, secrets });
  const status = Object.keys(wrong).length > 0 ? 422 : 200;
  return answerPage(view, { title: application?.title ?? "Новое приложение", body, status });
}

function install({ portal, control }: Desk, c: Context): Response {
  const application = find(portal, c);
  if (!application) return missing(openView(portal, c));
  control.apps.reinstall(application.id);
  return goTo(`/devops/app/${application.id}/`);
}

async function remove({ portal, control }: Desk, c: Context): Promise<Response> {
  const application = find(portal, c);
  if (!application) return missing(openView(portal, c));
  const { clean } = await c.req.parseBody();
  control.apps.remove(application.id, { clean: clean === "Y" });
  return goTo("/devops/");
}

function find(portal: Portal, c: Context): Application | null {
  return portal.applications.byId(Number(c.req.param("id"))) ?? null;
}

function missing(view: View): Response {
  const body = html`<div class="nothing"><h1>Такого приложения нет</h1><p>Его удалили с портала.</p><a class="button primary" href="/devops/">К списку</a></div>`;
  return answerPage(view, { title: "Такого приложения нет", body, status: 404 });
}

function refused(view: View, title: string): Response {
  const body = html`<div class="nothing"><h1>${title}</h1><p>Войдите под другим именем: меню справа вверху.</p></div>`;
  return answerPage(view, { title, body, status: 403 });
}
