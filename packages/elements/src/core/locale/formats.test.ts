import { expect } from "@open-wc/testing";
import { Formats } from "./formats.ts";
import { counted } from "./plural.ts";

const ru = new Formats({ language: "ru", timeZone: "Europe/Moscow" });
const en = new Formats({ language: "en", timeZone: "Europe/Moscow" });
const may = Date.parse("2026-05-12T11:05:00Z");
const later = Date.parse("2026-08-01T00:00:00Z");
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, " ");

describe("Formats", () => {
  it("writes money exactly and in short", () => {
    expect(plain(ru.money(1234567, "RUB"))).to.equal("1 234 567 ₽");
    expect(plain(ru.money(10.5, "RUB"))).to.equal("10,50 ₽");
    expect(plain(ru.moneyCompact(1234567, "RUB"))).to.equal("1,2 млн ₽");
    expect(plain(en.moneyCompact(1234567, "RUB"))).to.equal("₽1.2M");
    expect(plain(ru.money(1234.5, undefined))).to.equal("1 234,50");
    expect(plain(ru.money(5, "бонус"))).to.equal("5 бонус");
  });

  it("writes dates in the reader's zone, shortest form that is clear", () => {
    expect(ru.date(may, {}, later)).to.equal("12 мая");
    expect(ru.date(may, {}, Date.parse("2027-01-01T00:00:00Z"))).to.equal("12 мая 2026");
    expect(ru.date(Date.parse("2025-08-09T00:00:00Z"), {}, may)).to.equal("9 авг. 2025");
    expect(ru.dateTime(may, may)).to.equal("14:05");
    expect(ru.dateTime(may, later)).to.equal("12 мая, 14:05");
    expect(ru.month(may)).to.equal("май 2026");
    expect(en.month(may)).to.equal("May 2026");
    expect(ru.exact(may)).to.equal("12 мая 2026, 14:05:00 GMT+3");
    expect(ru.exact(may, { calendar: true })).to.equal("вторник, 12 мая 2026");
  });

  it("keeps a calendar day whatever the zone", () => {
    const west = new Formats({ language: "ru", timeZone: "America/Los_Angeles" });
    expect(west.date(Date.parse("2026-05-12T00:00:00Z"), { calendar: true }, later)).to.equal("12 мая");
  });

  it("writes relative times and durations", () => {
    expect(ru.relative(may - 300_000, may)).to.equal("5 минут назад");
    expect(ru.relative(may + 7_200_000, may)).to.equal("через 2 часа");
    expect(ru.relative(may - 20_000, may)).to.equal("сейчас");
    expect(plain(ru.duration(3900))).to.equal("1 ч 5 мин");
    expect(plain(en.duration(42))).to.equal("42 s");
  });

  it("picks Russian plural forms", () => {
    const forms = { one: "сделка", few: "сделки", many: "сделок", other: "сделки" };
    expect([1, 2, 5, 11, 21].map((n) => plain(counted("ru", n, forms)))).to.deep.equal([
      "1 сделка",
      "2 сделки",
      "5 сделок",
      "11 сделок",
      "21 сделка",
    ]);
  });
});
