import { type Context, Hono } from "hono";
import { visiblePlacements } from "../../apps/visible-placements.ts";
import type { Portal } from "../../portal.ts";
import { answerPage } from "../answer-page.ts";
import { html } from "../markup.ts";
import type { View } from "../page.ts";
import { openView } from "../session.ts";
import { renderApplicationPage } from "./application-page.ts";

/** Pages of applications: the application itself, and what it put into the left menu. */
export function applicationPageRoutes(portal: Portal): Hono {
  const app = new Hono({ strict: false });
  app.get("/app/:id", (c) => showApplication(openView(portal, c), c));
  app.get("/view/:id", (c) => showPlacement(openView(portal, c), c));
  return app;
}

function showApplication(view: View, c: Context): Response {
  const application = view.portal.applications.byId(Number(c.req.param("id")));
  if (!application || application.scriptOnly) return missing(view);
  const { title, id } = application;
  return answerPage(view, { title, body: renderApplicationPage(title, { application: id }) });
}

function showPlacement(view: View, c: Context): Response {
  const id = Number(c.req.param("id"));
  const placed = visiblePlacements(view.portal, "LEFT_MENU", Number(view.user.ID)).find(
    (one) => one.id === id,
  );
  if (!placed) return missing(view);
  return answerPage(view, {
    title: placed.title,
    body: renderApplicationPage(placed.title, { placement: id }),
  });
}

function missing(view: View): Response {
  const body = html`<div class="nothing"><h1>Приложение не найдено</h1><p>Его удалили с портала, или у него нет своей страницы.</p><a class="button primary" href="/">На портал</a></div>`;
  return answerPage(view, { title: "Приложение не найдено", body, status: 404 });
}
