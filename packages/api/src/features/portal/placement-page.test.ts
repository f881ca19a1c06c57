import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Hono } from "hono";
import type { AppEnv } from "../../platform/http/environment.ts";
import { type PagePart, placementPage } from "./placement-page.ts";
import { type Place, readPlace } from "./places.ts";

const session = {
  ...{ token: "t", expiresAt: "2026-01-01T00:00:00Z", portalId: 1, userId: 1, installed: true },
  ...{ url: "https://romashka.bitrix24.ru", host: "romashka.bitrix24.ru" },
};

async function pageOf(place: Place, more: readonly PagePart[] = []): Promise<string> {
  const app = new Hono<AppEnv>().get("/", (c) => placementPage(c, { session, language: "ru", place, more }));
  return (await app.request("/")).text();
}

describe("a place in the portal", () => {
  it("is read from its code and the record's id", () => {
    assert.deepEqual(readPlace("CRM_DEAL_DETAIL_TOOLBAR", 7), { view: "card", kind: "DEAL", recordId: 7 });
    assert.deepEqual(readPlace("CRM_LEAD_LIST_TOOLBAR", null), { view: "list", kind: "LEAD" });
    assert.deepEqual(readPlace("CRM_LEAD_DETAIL_TAB", null), { view: "list", kind: "LEAD" });
    for (const code of ["DEFAULT", "LEFT_MENU", "CRM_QUOTE_DETAIL_TAB", "CRM_DEAL", "'><script>"])
      assert.deepEqual(readPlace(code, 7), { view: "application" });
  });
});

describe("a page behind a button", () => {
  it("takes in what other features have to show at the place", async () => {
    const transfer: PagePart = (place) =>
      place.view === "card" && place.kind === "DEAL"
        ? { tag: "b24-transfer", attributes: { deal: String(place.recordId), note: '"><b>', compact: true } }
        : null;
    const page = await pageOf({ view: "card", kind: "DEAL", recordId: 3 }, [transfer]);
    assert.match(page, /<b24-transfer deal="3" note="&quot;&gt;&lt;b&gt;" compact><\/b24-transfer>/);
    for (const place of [{ view: "list", kind: "DEAL" }, { view: "application" }] as const)
      assert.doesNotMatch(await pageOf(place, [transfer]), /b24-transfer/);
  });
});
