import { type Context, Hono } from "hono";
import { setCookie } from "hono/cookie";
import { isActiveUser, USER_COOKIE } from "../../people.ts";
import type { Portal } from "../../portal.ts";
import { ENTITIES, type Row } from "../../values.ts";
import { answerPage, goTo } from "../answer-page.ts";
import { html } from "../markup.ts";
import type { View } from "../page.ts";
import { placedAt } from "../placements/placed.ts";
import { isOwnRequest, openView, ownPath } from "../session.ts";
import { renderCard } from "./card-page.ts";
import { renderForm } from "./form-page.ts";
import { renderList } from "./list-page.ts";
import { readListQuery } from "./list-query.ts";
import { cardPath, SECTIONS, type Section } from "./sections.ts";
import { deleteRecord, writeRecord } from "./write-record.ts";

/** The CRM pages: lists, cards, forms. */
export function crmRoutes(portal: Portal): Hono {
  const app = new Hono({ strict: false });
  app.get("/", (c) => c.redirect("/crm/deal/list/"));
  app.get("/crm", (c) => c.redirect("/crm/deal/list/"));
  app.post("/auth", (c) => changeUser(portal, c));
  for (const entity of ENTITIES) {
    const section = SECTIONS[entity];
    app.get(`/crm/${entity}`, (c) => c.redirect(`/crm/${entity}/list/`));
    app.get(`/crm/${entity}/list`, (c) => showList(openView(portal, c), section, c));
    app.get(`/crm/${entity}/details/:id`, (c) => showCard(openView(portal, c), section, c));
    app.post(`/crm/${entity}/details/:id`, (c) => saveForm(openView(portal, c), section, c));
    app.post(`/crm/${entity}/details/:id/stage`, (c) => moveStage(openView(portal, c), section, c));
    app.get(`/crm/${entity}/edit/:id`, (c) => showForm(openView(portal, c), section, c));
    app.post(`/crm/${entity}/edit/:id`, (c) => saveForm(openView(portal, c), section, c));
    app.post(`/crm/${entity}/delete/:id`, (c) => remove(openView(portal, c), section, c));
  }
  return app;
}

function showList(view: View, section: Section, c: Context): Response {
  const query = readListQuery(section, c.req.query());
  const place = (where: string) => placedAt(view, `CRM_${section.code}_LIST_${where}`);
  const body = renderList(view, section, query, { toolbar: place("TOOLBAR"), menu: place("MENU") });
  return answerPage(view, { title: section.many, body, search: query.search });
}

function showCard(view: View, section: Section, c: Context): Response {
  if (c.req.param("id") === "0") return answerForm(view, section, null, {}, null);
  const row = readRow(view, section, c);
  if (!row) return missing(view, section);
  const place = (where: string) => placedAt(view, `CRM_${section.code}_DETAIL_${where}`);
  const body = renderCard(view, section, row, { tabs: place("TAB"), toolbar: place("TOOLBAR") });
  return answerPage(view, { title: section.titleOf(row), body });
}

function showForm(view: View, section: Section, c: Context): Response {
  const row = readRow(view, section, c);
  return row ? answerForm(view, section, row, {}, null) : missing(view, section);
}

async function saveForm(view: View, section: Section, c: Context): Promise<Response> {
  if (!isOwnRequest(c)) return foreign(view);
  const row = readRow(view, section, c);
  if (!row && c.req.param("id") !== "0") return missing(view, section);
  const form = await c.req.parseBody();
  const given = Object.fromEntries(
    section.form.flatMap((name) => (typeof form[name] === "string" ? [[name, form[name]]] : [])),
  );
  const outcome = writeRecord(view, section, row, given);
  if ("fault" in outcome) return answerForm(view, section, row, given, outcome.fault);
  return goTo(cardPath(section.entity, outcome.id));
}

async function moveStage(view: View, section: Section, c: Context): Promise<Response> {
  if (!isOwnRequest(c)) return foreign(view);
  const row = readRow(view, section, c);
  if (!row || !section.stageField) return missing(view, section);
  const { stage } = await c.req.parseBody();
  const outcome = writeRecord(view, section, row, { [section.stageField]: String(stage) });
  if ("fault" in outcome) return answerForm(view, section, row, {}, outcome.fault);
  return goTo(cardPath(section.entity, row.ID));
}

function remove(view: View, section: Section, c: Context): Response {
  if (!isOwnRequest(c)) return foreign(view);
  const row = readRow(view, section, c);
  if (!row) return missing(view, section);
  const fault = deleteRecord(view, section, row);
  return fault === null ? goTo(`/crm/${section.entity}/list/`) : answerForm(view, section, row, {}, fault);
}

function answerForm(
  view: View,
  section: Section,
  row: Row | null,
  given: Record<string, string>,
  fault: string | null,
): Response {
  const body = renderForm(view, section, { row, given, fault });
  const title = row ? section.titleOf(row) : section.create;
  return answerPage(view, { title, body, status: fault ? 422 : 200 });
}

function readRow({ portal }: View, { entity }: Section, c: Context): Row | null {
  const id = c.req.param("id") ?? "";
  return (/^\d{1,15}$/.test(id) && portal.crm.tables[entity].get(Number(id))) || null;
}

async function changeUser(portal: Portal, c: Context): Promise<Response> {
  if (!isOwnRequest(c)) return foreign(openView(portal, c));
  const form = await c.req.parseBody();
  const userId = Number(form.user);
  if (isActiveUser(portal, userId))
    setCookie(c, USER_COOKIE, String(userId), { path: "/", sameSite: "Lax", httpOnly: true });
  return c.redirect(ownPath(String(form.back ?? "/")), 303);
}

function missing(view: View, { one, many, entity }: Section): Response {
  const body = html`<div class="nothing"><h1>${one}: такой записи нет</h1><p>Её удалили, или в адресе страницы ошибка.</p><a class="button primary" href="/crm/${entity}/list/">${many}</a></div>`;
  return answerPage(view, { title: "Нет такой записи", body, status: 404 });
}

function foreign(view: View): Response {
  const body = html`<div class="nothing"><h1>Запрос пришёл с другого сайта</h1><p>Портал выполняет только то, что отправлено с его собственных страниц.</p></div>`;
  return answerPage(view, { title: "Запрос отклонён", body, status: 403 });
}
