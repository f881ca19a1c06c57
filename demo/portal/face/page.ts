import type { Portal } from "../portal.ts";
import type { Row } from "../values.ts";
import { listPath, SECTIONS } from "./crm/sections.ts";
import { type IconName, icon } from "./icons.ts";
import { html, type Markup, type Piece } from "./markup.ts";
import { avatar, personName } from "./people.ts";

/** What every page of the portal is drawn from. */
export interface View {
  portal: Portal;
  /** Whose session it is. */
  user: Row;
  /** Path and query of the page. */
  path: string;
  isAdmin: boolean;
  /** Shown in a frame of another page of the portal: the content without header and menu. */
  isFramed: boolean;
}

export interface PageContent {
  title: string;
  body: Piece;
  /** Applications in the left menu. */
  menu: readonly MenuItem[];
  /** Words that stand in the search field. */
  search?: string;
  /** Version of the styles of stages; another one is fetched anew. */
  stylesVersion: string;
}

export interface MenuItem {
  title: string;
  path: string;
  icon: IconName;
}

/** A whole page: header with the portal's name and the signed-in user, left menu, content. */
export function renderPage(view: View, content: PageContent): Markup {
  const name = view.portal.address.domain;
  return html`<!doctype html>
<html lang="ru">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${content.title} — ${name}</title>
<link rel="icon" href="/face/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/face/portal.css">
<link rel="stylesheet" href="/face/stages.css?v=${content.stylesVersion}">
<script type="module" src="/face/portal.js"></script>
</head>
<body>
<a class="skip" href="#content">К содержанию</a>
${!view.isFramed && header(view, content)}
<div class="${view.isFramed ? "bare" : "frame"}">
${!view.isFramed && leftMenu(view, content.menu)}
<main id="content" tabindex="-1">
${content.body}
</main>
</div>
<p id="said" class="unseen" role="status"></p>
</body>
</html>
`;
}

function header({ portal, user, path, isAdmin }: View, { search = "" }: PageContent): Markup {
  return html`<header class="top">
<button type="button" class="round menu-button" aria-controls="left-menu" aria-expanded="false" data-menu>${icon("menu")}<span class="unseen">Меню</span></button>
<a class="brand" href="/"><b>Битрикс<i>24</i></b><span class="portal-name">${portal.address.domain}</span></a>
<form class="find" role="search" action="${searchTarget(path)}"><label class="unseen" for="find">Поиск в разделе</label>${icon("search")}<input id="find" name="q" type="search" value="${search}" placeholder="Найти ${searchedName(path)}" autocomplete="off"></form>
<details class="who">
<summary>${avatar(user)}<span class="who-name">${personName(user)}</span>${icon("down")}</summary>
<form class="sheet" method="post" action="/auth/">
<p class="who-about">${personName(user)}<br><small>${user.WORK_POSITION as string}${isAdmin && " · администратор"}</small></p>
<label for="who-id">Войти как</label>
<select id="who-id" name="user">${portal.crm.users
    .filter((one) => one.ACTIVE === true)
    .map(
      (one) =>
        html`<option value="${one.ID as string}"${one === user && html` selected`}>${personName(one)}</option>`,
    )}</select>
<input type="hidden" name="back" value="${path}">
<button class="button">Войти</button>
</form>
</details>
</header>`;
}

/** The search field looks in the section that is open; elsewhere in the deals. */
function searchTarget(path: string): string {
  return listPath(sectionOf(path) ?? "deal");
}

function searchedName(path: string): string {
  const names = { deal: "сделку", lead: "лид", contact: "контакт", company: "компанию" };
  return names[sectionOf(path) ?? "deal"];
}

function sectionOf(path: string): keyof typeof SECTIONS | null {
  const [, name = ""] = /^\/crm\/([a-z]+)\//.exec(path) ?? [];
  return Object.hasOwn(SECTIONS, name) ? (name as keyof typeof SECTIONS) : null;
}

function leftMenu({ path, isAdmin }: View, applications: readonly MenuItem[]): Markup {
  const crm = Object.values(SECTIONS).map(({ entity, many }) => ({
    title: many,
    path: listPath(entity),
    icon: entity,
  }));
  const group = (id: string, title: string, items: readonly MenuItem[]) =>
    items.length > 0 &&
    html`<h2 id="${id}">${title}</h2><ul aria-labelledby="${id}">${items.map((item) => menuLink(item, path))}</ul>`;
  return html`<nav id="left-menu" class="left" aria-label="Разделы портала">
${group("menu-crm", "CRM", crm)}
${group("menu-apps", "Приложения", applications)}
${isAdmin && group("menu-dev", "Настройки", [{ title: "Разработчикам", path: "/devops/", icon: "code" }])}
</nav>`;
}

function menuLink(item: MenuItem, path: string): Markup {
  const here =
    path.startsWith(item.path) || (sectionOf(path) !== null && sectionOf(path) === sectionOf(item.path));
  return html`<li><a href="${item.path}"${here && html` aria-current="page"`}>${icon(item.icon)}<span>${item.title}</span></a></li>`;
}
