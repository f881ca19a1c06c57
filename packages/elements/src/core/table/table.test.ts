import { aTimeout, expect, fixture, html, oneEvent } from "@open-wc/testing";
import type { Table } from "@uwdata/flechette";
import { type SampleAnswer, sampleClient } from "../../../../../stories/sample/client.ts";
import { sampleContext } from "../../../../../stories/sample/context.ts";
import { sampleDeals } from "../../../../../stories/sample/deals.ts";
import { waitUntil } from "../../../../../test/wait-until.ts";
import type { Language } from "../locale/locale.ts";
import type { TableOpenEvent } from "./events.ts";
import type { B24Table } from "./table.ts";
import "./table.define.ts";

async function tableOf(data: Table, language: Language = "ru"): Promise<B24Table> {
  const parentNode = sampleContext({ language });
  document.body.append(parentNode);
  const element = await fixture<B24Table>(html`<b24-table .data=${data}></b24-table>`, { parentNode });
  await settled(element);
  return element;
}

async function queried(...answers: SampleAnswer[]): Promise<B24Table> {
  const parentNode = sampleContext({ client: sampleClient(...answers) });
  document.body.append(parentNode);
  return fixture<B24Table>(html`<b24-table query="deals"></b24-table>`, { parentNode });
}

async function settled(element: B24Table): Promise<void> {
  await element.updateComplete;
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  await element.updateComplete;
}

const all = (element: B24Table, selector: string) => [
  ...element.renderRoot.querySelectorAll<HTMLElement>(selector),
];
const one = (element: B24Table, selector: string) => all(element, selector)[0]!;
const rows = (element: B24Table) => all(element, ".body [role=row]");
const column = (element: B24Table, index: number) =>
  rows(element).map((row) => row.children[index]?.textContent?.trim() ?? "");
const plain = (text: string | null | undefined) => (text ?? "").replace(/[\u00a0\u202f]/g, " ").trim();
const focused = (element: B24Table) => element.shadowRoot!.activeElement as HTMLElement;

async function press(element: B24Table, key: string, init: KeyboardEventInit = {}): Promise<void> {
  focused(element).dispatchEvent(
    new KeyboardEvent("keydown", { key, bubbles: true, composed: true, cancelable: true, ...init }),
  );
  await settled(element);
}

async function type(element: B24Table, selector: string, text: string): Promise<void> {
  const input = one(element, selector) as HTMLInputElement;
  input.value = text;
  input.dispatchEvent(new Event("input", { bubbles: true }));
  input.dispatchEvent(new Event("change", { bubbles: true }));
  await settled(element);
}

describe("<b24-table>", () => {
  for (const language of ["ru", "en"] as const) {
    it(`${language}: is accessible with rows, filters and column list open`, async () => {
      const element = await tableOf(sampleDeals(40), language);
      await expect(element).to.be.accessible();
      all(element, ".tools button")[0]!.click();
      all(element, ".tools button")[1]!.click();
      await settled(element);
      expect(all(element, ".filters, [data-popup=columns]")).to.have.length(2);
      await expect(element).to.be.accessible();
    });
  }

  it("is accessible in the dark", async () => {
    const element = await tableOf(sampleDeals(20));
    element.style.colorScheme = "dark";
    await settled(element);
    expect(getComputedStyle(one(element, ".card")).backgroundColor).to.equal("rgb(38, 38, 38)");
    await expect(element).to.be.accessible();
  });

  it("draws each kind of cell as its reader writes it", async () => {
    const element = await tableOf(sampleDeals(30));
    const headers = all(element, "[role=columnheader]").map((cell) => cell.dataset.column);
    expect(headers.slice(0, 4)).to.deep.equal(["id", "title", "stage", "opportunity"]);
    const link = rows(element)[0]!.querySelector("a")!;
    expect(link.href).to.equal("https://example.bitrix24.ru/crm/deal/details/1001/");
    expect([link.target, link.rel]).to.deep.equal(["_blank", "noopener"]);
    expect(plain(column(element, 3).find((text) => text.includes("₽")))).to.match(/^[\d ]+,\d\d ₽$/);
    expect(one(element, ".chip").style.getPropertyValue("--_chip")).to.match(/^#/);
    expect(one(element, "a[href^='tel:']").getAttribute("href")).to.match(/^tel:\+79\d+$/);
    expect(one(element, "time").closest<HTMLElement>(".cell")!.title).to.match(/\d{4}, \d\d:\d\d:\d\d/);
    expect(plain(one(element, ".counts").textContent)).to.match(/^30 строк/);
  });

  it("never draws more rows than fit, and scrolls through 100,000", async () => {
    const element = await tableOf(sampleDeals(100_000));
    const grid = one(element, ".grid");
    expect(rows(element).length).to.be.within(10, 40);
    expect(grid.getAttribute("aria-rowcount")).to.equal("100001");
    grid.scrollTop = 36 * 50_000;
    await waitUntil(() => column(element, 0).some((text) => text === "51001"), "middle rows");
    expect(rows(element).length).to.be.below(45);
    grid.scrollTop = grid.scrollHeight;
    await waitUntil(() => column(element, 0).includes("101000"), "last rows");
    expect(plain(one(element, ".counts").textContent)).to.match(/^100 000 строк/);
  });

  it("sorts on click, adds a key with Shift, says so, and tells the page", async () => {
    const element = await tableOf(sampleDeals(200));
    const sorted = oneEvent(element, "b24-table-sorted");
    one(element, "[data-column=opportunity]").click();
    expect((await sorted).detail.sort).to.deep.equal([{ column: "opportunity", descending: false }]);
    await settled(element);
    one(element, "[data-column=opportunity]").click();
    await settled(element);
    expect(one(element, "[data-column=opportunity]").ariaSort).to.equal("descending");
    expect(plain(element.renderRoot.querySelector("section > [role=status]")?.textContent)).to.contain(
      "по убыванию",
    );
    const sums = column(element, 3).map((text) => Number(plain(text).replace(/[ ₽]/g, "").replace(",", ".")));
    expect(sums).to.deep.equal([...sums].sort((a, b) => b - a));
    one(element, "[data-column=stage]").dispatchEvent(
      new MouseEvent("click", { shiftKey: true, bubbles: true }),
    );
    await settled(element);
    expect(all(element, ".sort-place").map((place) => place.textContent)).to.have.members(["1", "2"]);
  });

  it("searches and filters, counts what is shown, and offers a way back", async () => {
    const element = await tableOf(sampleDeals(500));
    await type(element, ".search input", "вентиляции");
    expect(column(element, 1).every((text) => text.includes("вентиляции"))).to.equal(true);
    expect(plain(one(element, ".counts").textContent)).to.match(/^500 строк, показано \d+/);
    one(element, "[aria-expanded]").click();
    await settled(element);
    one(element, ".choice").click();
    await settled(element);
    expect(new Set(column(element, 2)).size).to.equal(1);
    await type(element, "input[aria-label='Сумма: от']", "99999999");
    expect(one(element, ".state-title").textContent).to.equal("Ничего не нашлось");
    one(element, ".state .button").click();
    await settled(element);
    expect(plain(one(element, ".counts").textContent)).to.match(/^500 строк/);
  });

  it("says so when there may be more rows than these", async () => {
    const data = sampleDeals(40);
    data.schema.metadata!.set("limit", "40");
    const element = await tableOf(data);
    expect(plain(one(element, ".counts").textContent)).to.match(/^Первые 40 строк/);
    await type(element, ".search input", "вентиляции");
    expect(plain(one(element, ".counts").textContent)).to.match(/^Первые 40 строк, показано \d+/);
    element.lang = "en";
    element.requestUpdate();
    await settled(element);
    expect(plain(one(element, ".counts").textContent)).to.match(/^First 40 rows, \d+ shown/);
    const whole = sampleDeals(39);
    whole.schema.metadata!.set("limit", "40");
    expect(plain(one(await tableOf(whole), ".counts").textContent)).to.match(/^39 строк/);
  });

  it("begins anew with another query, and keeps everything when the same one is renewed", async () => {
    const element = await queried(sampleDeals(200), sampleDeals(201), sampleDeals(202));
    await waitUntil(() => rows(element).length > 1, "rows");
    one(element, "[data-column=opportunity]").click();
    one(element, "[aria-expanded]").click();
    await type(element, ".search input", "вентиляции");
    one(element, ".choice").click();
    one(element, ".grid").scrollTop = 200;
    element.refresh();
    await waitUntil(() => plain(one(element, ".counts").textContent).startsWith("201 "), "renewed");
    expect((one(element, ".search input") as HTMLInputElement).value).to.equal("вентиляции");
    expect(one(element, "[data-column=opportunity]").ariaSort).to.equal("ascending");
    expect(all(element, ".choice[aria-pressed=true]")).to.have.length(1);
    element.query = "leads";
    await waitUntil(() => plain(one(element, ".counts")?.textContent).startsWith("202 "), "the other's rows");
    expect(plain(one(element, ".counts").textContent)).not.to.contain("показано");
    expect((one(element, ".search input") as HTMLInputElement).value).to.equal("");
    expect(all(element, ".filters, [aria-sort=ascending]")).to.have.length(0);
    expect(column(element, 0)[0]).to.equal("1001");
    expect(one(element, ".grid").scrollTop).to.equal(0);
    expect(one(element, ".grid [tabindex='0']").dataset.row).to.equal("-1");
  });

  it("hides, shows and reorders columns", async () => {
    const element = await tableOf(sampleDeals(20));
    one(element, "[data-popup-button=columns]").click();
    await settled(element);
    expect(focused(element).matches("[data-popup=columns] input")).to.equal(true);
    all(element, "[data-popup=columns] input")[0]!.click();
    all(element, "[data-popup=columns] [aria-label='Переместить «Стадия» раньше']")[0]!.click();
    await settled(element);
    expect(
      all(element, "[role=columnheader]")
        .slice(0, 2)
        .map((cell) => cell.dataset.column),
    ).to.deep.equal(["stage", "title"]);
    await press(element, "Escape");
    expect(focused(element).dataset.popupButton).to.equal("columns");
    expect(all(element, "[data-popup]")).to.have.length(0);
  });

  it("moves by keys with one tab stop, sorts and resizes from the header", async () => {
    const element = await tableOf(sampleDeals(1000));
    const stops = () => all(element, ".grid [tabindex='0']");
    expect(stops()).to.have.length(1);
    stops()[0]!.focus();
    await press(element, "ArrowRight");
    await press(element, "Enter");
    expect(one(element, "[data-column=title]").ariaSort).to.equal("ascending");
    const width = one(element, "[data-column=title]").offsetWidth;
    await press(element, "ArrowRight", { shiftKey: true });
    expect(one(element, "[data-column=title]").offsetWidth).to.equal(width + 16);
    await press(element, "ArrowLeft", { shiftKey: true, ctrlKey: true });
    expect(one(element, "[role=columnheader]").dataset.column).to.equal("title");
    await press(element, "ArrowDown");
    expect(focused(element).dataset).to.include({ row: "0", index: "0" });
    await press(element, "End", { ctrlKey: true });
    await waitUntil(() => focused(element)?.dataset.row === "999", "last row focused");
    expect(stops()).to.have.length(1);
    await press(element, "PageUp");
    expect(Number(focused(element).dataset.row)).to.be.below(999);
    await press(element, "Home", { ctrlKey: true });
    await waitUntil(() => focused(element)?.dataset.row === "0", "first row focused");
  });

  it("keeps the focused cell in the document when it scrolls away", async () => {
    const element = await tableOf(sampleDeals(1000));
    one(element, ".body [role=gridcell]").focus();
    await settled(element);
    one(element, ".grid").scrollTop = 20_000;
    await waitUntil(() => rows(element).length > 1 && column(element, 0).includes("1560"), "scrolled");
    expect(focused(element)?.dataset.row).to.equal("0");
  });

  it("copies the cell's text and opens its record on Enter unless the page refuses", async () => {
    const element = await tableOf(sampleDeals(10));
    one(element, ".body [data-index='1']").focus();
    await settled(element);
    const clipboardData = new DataTransfer();
    focused(element).dispatchEvent(
      new ClipboardEvent("copy", { clipboardData, bubbles: true, composed: true, cancelable: true }),
    );
    expect(clipboardData.getData("text/plain")).to.equal(focused(element).dataset.text);
    let opened: TableOpenEvent | undefined;
    element.addEventListener("b24-table-open", (event) => {
      opened = event;
      event.preventDefault();
    });
    await press(element, "Enter");
    expect(opened?.detail).to.deep.equal({
      row: 0,
      href: "https://example.bitrix24.ru/crm/deal/details/1001/",
    });
  });

  it("exports what is shown: CSV that no spreadsheet executes, XLSX that opens", async () => {
    const element = await tableOf(sampleDeals(10));
    await type(element, ".search input", "hyperlink");
    const csv = await (await element.export("csv"))!.arrayBuffer();
    expect([...new Uint8Array(csv).slice(0, 3)]).to.deep.equal([0xef, 0xbb, 0xbf]);
    const lines = new TextDecoder().decode(csv).trim().split("\r\n");
    expect(lines).to.have.length(2);
    expect(lines[0]).to.match(/^ID;Название;Стадия;Сумма, RUB;/);
    expect(lines[1]).to.contain(`"'=HYPERLINK(""http://evil"")"`);
    const xlsx = new Uint8Array(await (await element.export("xlsx"))!.arrayBuffer());
    expect(String.fromCharCode(...xlsx.slice(0, 4))).to.equal("PK\u0003\u0004");
    const view = new DataView(xlsx.buffer, xlsx.length - 22);
    expect([view.getUint32(0, true), view.getUint16(10, true)]).to.deep.equal([0x06054b50, 6]);
  });

  it("shows each state of a query in words and lets the reader try again", async () => {
    const element = await queried("portal_unreachable", sampleDeals(5));
    await waitUntil(() => one(element, ".state-title"), "error shown");
    expect(one(element, ".state").getAttribute("role")).to.equal("alert");
    expect(one(element, ".state-title").textContent).to.equal("Портал не отвечает");
    await expect(element).to.be.accessible();
    one(element, ".state .button").click();
    await waitUntil(() => rows(element).length === 5, "rows after retry");
  });

  it("tells loading, no rights, lost connection and emptiness apart", async () => {
    const loading = await queried("silent");
    expect(all(loading, ".skeleton-row").length).to.be.above(3);
    await expect(loading).to.be.accessible();
    const forbidden = await queried("forbidden");
    await waitUntil(() => one(forbidden, ".state-title")?.textContent === "Недостаточно прав");
    const offline = await queried("unreachable");
    await waitUntil(() => one(offline, ".state-title")?.textContent === "Нет связи с сервером");
    const empty = await queried(sampleDeals(0));
    await waitUntil(() => one(empty, ".state-title")?.textContent === "Пока пусто");
    const idle = await fixture<B24Table>(html`<b24-table lang="en"></b24-table>`);
    expect(one(idle, ".state-title").textContent).to.equal("Nothing to show");
  });

  it("keeps the rows when a refresh fails and says how old they are", async () => {
    const element = await queried(sampleDeals(5), "database_unavailable");
    await waitUntil(() => rows(element).length === 5);
    element.refresh();
    await waitUntil(() => one(element, "[part=stale]"), "stale strip");
    expect(rows(element)).to.have.length(5);
    expect(plain(one(element, "[part=stale] span").textContent)).to.match(
      /^Обновить не удалось. Показаны данные на 12 мая/,
    );
  });

  it("switches language without new data", async () => {
    const element = await tableOf(sampleDeals(3));
    element.lang = "en";
    element.requestUpdate();
    await settled(element);
    expect(plain(one(element, ".counts").textContent)).to.match(/^3 rows/);
    expect(one(element, ".heading").textContent).to.equal("Deals");
  });

  it("keeps within 320 px with the first column in place", async () => {
    const element = await tableOf(sampleDeals(30));
    element.style.inlineSize = "320px";
    await settled(element);
    expect(element.scrollWidth).to.be.at.most(320);
    one(element, ".grid").scrollLeft = 400;
    await aTimeout(0);
    const left = one(element, ".body [role=gridcell]").getBoundingClientRect().left;
    expect(left).to.be.closeTo(element.getBoundingClientRect().left, 2);
  });
});
