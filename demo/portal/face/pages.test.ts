import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createPortalApp } from "../app.ts";
import { form, openTestPortal } from "../testing.ts";

const t = openTestPortal();
const page = (path: string, init?: RequestInit) => t.send(path, init);
const own = { "sec-fetch-site": "same-origin" };

function post(path: string, body: Record<string, string>, headers: Record<string, string> = own) {
  const init = form(new URLSearchParams(body).toString());
  return page(path, { ...init, headers: { ...(init.headers as Record<string, string>), ...headers } });
}

describe("the pages of the CRM", () => {
  it("begin with the deals", async () => {
    const { status, headers } = await page("/");
    assert.deepEqual([status, headers.get("location")], [302, "/crm/deal/list/"]);
  });

  for (const entity of ["deal", "lead", "contact", "company"]) {
    it(`show the list, a card and both forms of a ${entity}`, async () => {
      for (const path of ["list/", "details/5/", "details/0/", "edit/5/"]) {
        const { status, text, headers } = await page(`/crm/${entity}/${path}`);
        assert.equal(status, 200, path);
        assert.match(text, /<html lang="ru">/);
        assert.doesNotMatch(text, /undefined|\[object|NaN/, path);
        assert.doesNotMatch(text, / style=| on\w+=|<style|<script>/, "nothing inline");
        assert.match(headers.get("content-security-policy") ?? "", /script-src 'self'; style-src 'self'/);
      }
    });
  }

  it("say that there is no such record", async () => {
    for (const path of ["/crm/deal/details/99999/", "/crm/deal/details/abc/", "/crm/deal/edit/0/"]) {
      const { status, text } = await page(path);
      assert.equal(status, 404, path);
      assert.match(text, /такой записи нет/);
    }
  });

  it("page, search and sort what the portal holds", async () => {
    const titles = (text: string) =>
      [...text.matchAll(/class="record" href="[^"]+" title="[^"]+">([^<]+)</g)].map((one) => one[1]);
    const first = await page("/crm/deal/list/");
    assert.match(first.text, /120 сделок/);
    assert.equal(titles(first.text).length, 20);
    const last = await page("/crm/deal/list/?page=6");
    assert.equal(titles(last.text).length, 20);
    assert.deepEqual(
      titles((await page("/crm/deal/list/?page=99")).text),
      titles(last.text),
      "beyond the last: the last",
    );

    const company = t.portal.crm.tables.company.get(5)?.TITLE as string;
    const found = await page(`/crm/company/list/?q=${encodeURIComponent(company.toLowerCase())}`);
    assert.ok(titles(found.text).length >= 1);
    assert.ok(titles(found.text).every((title) => title === company));

    const sorted = titles((await page("/crm/company/list/?sort=TITLE")).text);
    assert.deepEqual(
      sorted,
      [...sorted].sort((a, b) => ((a as string) < (b as string) ? -1 : 1)),
    );
  });

  it("show as linked whatever names the record, first or not", async () => {
    const deals = t.portal.crm.tables.deal;
    await t.call("crm.deal.contact.items.set", { id: 11, items: [{ CONTACT_ID: 1 }, { CONTACT_ID: 17 }] });
    assert.equal(deals.get(11)?.CONTACT_ID, "1");
    const path = "/crm/deal/list/?contact=17";
    assert.match((await page(path)).text, /href="\/crm\/deal\/details\/11\/"/);
    assert.match((await page("/crm/contact/details/17/")).text, /details\/11\/|list\/\?contact=17/);
  });

  it("take any address without falling over", async () => {
    for (const query of [
      "?page=-1",
      "?page=1e9",
      "?sort=__proto__",
      "?stage=%00",
      "?q=%25%5B%3C",
      "?category=abc",
      "?company=0",
    ])
      assert.equal((await page(`/crm/deal/list/${query}`)).status, 200, query);
    assert.equal(t.control.stats().crashed, 0);
  });

  it("show what people wrote as text", async () => {
    const wicked = '<img src=x onerror="alert(1)">&\'"';
    const { body } = await t.call("crm.deal.add", { fields: { TITLE: wicked, COMMENTS: wicked } });
    for (const path of [
      `/crm/deal/details/${body.result}/`,
      "/crm/deal/list/",
      `/crm/deal/edit/${body.result}/`,
      `/crm/deal/list/?q=${encodeURIComponent(wicked)}`,
    ]) {
      const { text } = await page(path);
      assert.doesNotMatch(text, /<img/, path);
      assert.match(text, /&lt;img src=x onerror=&quot;alert\(1\)&quot;&gt;&amp;&#39;&quot;/, path);
    }
  });
});

describe("writing on the pages", () => {
  it("goes the way of the methods: events, stamps, derived fields", async () => {
    const heard: string[] = [];
    t.portal.events.onEvent(({ event, userId }) => heard.push(`${event} by ${userId}`));
    const made = await post("/crm/deal/details/0/", {
      TITLE: "С бумаги",
      OPPORTUNITY: "1 500,50",
      STAGE_ID: "NEW",
    });
    assert.equal(made.status, 303);
    const id = Number(/details\/(\d+)/.exec(made.headers.get("location") ?? "")?.[1]);
    assert.equal(t.portal.crm.tables.deal.get(id)?.OPPORTUNITY, "1500.50");
    const moved = await post(
      `/crm/deal/details/${id}/stage/`,
      { stage: "WON" },
      { ...own, cookie: "portal_user=2" },
    );
    assert.equal(moved.status, 303);
    const row = t.portal.crm.tables.deal.get(id);
    assert.deepEqual([row?.STAGE_ID, row?.CLOSED, row?.MOVED_BY_ID], ["WON", "Y", "2"]);
    assert.deepEqual(heard, ["ONCRMDEALADD by 1", "ONCRMDEALUPDATE by 2"]);
  });

  it("sends only what a person changed", async () => {
    await t.call("crm.deal.contact.items.set", { id: 12, items: [{ CONTACT_ID: 3 }, { CONTACT_ID: 4 }] });
    const before = t.portal.crm.tables.deal.get(12)!;
    const shown = (await page("/crm/deal/edit/12/")).text;
    const value = (name: string) => new RegExp(`name="${name}"[^>]*value="([^"]*)"`).exec(shown)?.[1] ?? "";
    const form = Object.fromEntries(
      ["TITLE", "OPPORTUNITY", "COMPANY_ID", "CONTACT_ID"].map((name) => [name, value(name)]),
    );
    await post("/crm/deal/edit/12/", form);
    assert.deepEqual(t.portal.crm.tables.deal.get(12), before, "nothing changed, nothing written");
    await post("/crm/deal/edit/12/", { ...form, TITLE: "Другое имя" });
    const after = t.portal.crm.tables.deal.get(12)!;
    assert.deepEqual(
      [after.TITLE, after.CONTACT_IDS, after.OPPORTUNITY],
      ["Другое имя", before.CONTACT_IDS, before.OPPORTUNITY],
    );
  });

  it("deletes, and says so to whoever listens", async () => {
    const heard: string[] = [];
    t.portal.events.onEvent(({ event, fields }) => heard.push(`${event} ${fields?.ID}`));
    const { status, headers } = await post("/crm/lead/delete/7/", {});
    assert.deepEqual([status, headers.get("location")], [303, "/crm/lead/list/"]);
    assert.equal((await page("/crm/lead/details/7/")).status, 404);
    assert.equal((await post("/crm/lead/delete/7/", {})).status, 404);
    assert.deepEqual(heard, ["ONCRMLEADDELETE 7"]);
  });

  it("shows products where there are some", async () => {
    const tab = /role="tab"[^>]*>Товары</;
    await t.call("crm.deal.productrows.set", { id: 9, rows: [] });
    assert.doesNotMatch((await page("/crm/deal/details/9/")).text, tab);
    const rows = [{ PRODUCT_NAME: "Уборка", PRICE: 1500.5, QUANTITY: 3 }];
    await t.call("crm.deal.productrows.set", { id: 9, rows });
    const { text } = await page("/crm/deal/details/9/");
    assert.match(text, tab);
    assert.match(text.replace(/\s/g, " "), /4 501,50 ₽/);
  });

  it("changes the first phone and keeps the others", async () => {
    const before = t.portal.crm.tables.contact.get(5)?.PHONE as { ID: string; VALUE: string }[];
    await post("/crm/contact/edit/5/", { PHONE: "+70000000001" });
    const after = t.portal.crm.tables.contact.get(5)?.PHONE as { ID: string; VALUE: string }[];
    assert.deepEqual(after[0], { ...before[0], VALUE: "+70000000001" });
    assert.deepEqual(after.slice(1), before.slice(1));
  });

  it("says in the portal's words why something was not taken", async () => {
    const { status, text } = await post("/crm/company/details/0/", { TITLE: "", PHONE: "+7111" });
    assert.equal(status, 422);
    assert.match(text, /role="alert">Не заполнено поле/);
    assert.match(text, /value="\+7111"/, "what was written is still there");
  });

  it("is refused to other sites", async () => {
    const before = t.portal.crm.tables.deal.get(3);
    for (const headers of [
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site" },
      { origin: "http://evil.example" },
    ]) {
      for (const path of [
        "/crm/deal/details/3/stage/",
        "/crm/deal/edit/3/",
        "/crm/deal/delete/3/",
        "/auth/",
        "/frame/open/",
        "/devops/app/0/",
        "/devops/webhook/",
      ])
        assert.equal((await post(path, { stage: "LOSE", TITLE: "x" }, headers)).status, 403, path);
    }
    assert.deepEqual(t.portal.crm.tables.deal.get(3), before);
  });
});

describe("the person at the browser", () => {
  it("is whom they chose, and returns to where they were on this portal only", async () => {
    const { status, headers } = await post("/auth/", { user: "2", back: "/crm/lead/list/?page=2" });
    assert.deepEqual([status, headers.get("location")], [303, "/crm/lead/list/?page=2"]);
    assert.match(headers.get("set-cookie") ?? "", /portal_user=2/);
    for (const back of ["//evil.example", "https://evil.example", "/\\evil.example"])
      assert.equal((await post("/auth/", { user: "2", back })).headers.get("location"), "/", back);
  });

  it("finds the developers' section only as an administrator", async () => {
    const cookie = { cookie: "portal_user=2" };
    assert.equal((await page("/devops/", { headers: cookie })).status, 403);
    assert.equal((await post("/devops/webhook/", { userId: "1" }, { ...own, ...cookie })).status, 403);
    assert.doesNotMatch((await page("/crm/deal/list/", { headers: cookie })).text, /\/devops\//);
    assert.match((await page("/crm/deal/list/")).text, /\/devops\//);
  });
});

describe("the files of the face", () => {
  it("are served by their names and nothing else is", async () => {
    assert.match((await page("/face/portal.js")).headers.get("content-type") ?? "", /javascript/);
    assert.match((await page("/face/stages.css")).text, /\.stage-1\{--stage:#2FC6F6/);
    for (const name of ["..%2froutes.ts", "routes.ts", "%2e%2e%2fpage.ts", "none.css"])
      assert.equal((await page(`/face/${name}`)).status, 404, name);
  });
});

describe("a portal on this machine", () => {
  it("is one portal by whatever name it is asked", async () => {
    const { portal } = openTestPortal({ url: "http://127.0.0.1:8081" });
    const app = createPortalApp(portal);
    const { status, headers } = await app.request("http://localhost:8081/crm/lead/list/?page=2");
    assert.deepEqual([status, headers.get("location")], [302, "http://127.0.0.1:8081/crm/lead/list/?page=2"]);
    const { status: own } = await app.request("http://127.0.0.1:8081/crm/lead/list/");
    const { status: rest } = await app.request(`http://localhost:8081/rest/1/${portal.defaultCode}/profile`);
    assert.deepEqual([own, rest], [200, 200]);
  });
});

describe("ten thousand deals", () => {
  it("are searched whole, and sorted before they are cut into pages", async () => {
    const big = openTestPortal({
      counts: { deals: 10_000, contacts: 4_000, companies: 1_500, leads: 10, users: 82 },
    });
    const { text } = await big.send("/crm/deal/list/?q=ооо&sort=OPPORTUNITY&dir=desc&category=0");
    const row = /title="([^"]+)">[^<]+<\/a><\/td>.*?class="c-sum"[^>]*>([\d\s,]+)/gs;
    const shown = [...text.matchAll(row)].map(([, title, sum]) => ({
      title: title!,
      sum: Number(sum!.replaceAll(/\s/g, "").replace(",", ".")),
    }));
    const sums = big.control
      .records({ entity: "deal", limit: 10_000 })
      .filter(({ TITLE, CATEGORY_ID }) => /ооо/i.test(String(TITLE)) && Number(CATEGORY_ID) === 0)
      .map(({ OPPORTUNITY }) => Number(OPPORTUNITY))
      .sort((one, other) => other - one);
    assert.ok(shown.length > 10 && shown.every(({ title }) => /ооо/i.test(title)));
    assert.deepEqual(
      shown.map(({ sum }) => sum),
      sums.slice(0, shown.length),
    );
  });
});
