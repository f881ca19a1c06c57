import { expect } from "@open-wc/testing";
import { readDomain } from "./domain.ts";

describe("a portal's address as typed", () => {
  for (const [text, domain] of [
    ["mycompany.bitrix24.ru", "mycompany.bitrix24.ru"],
    ["  MyCompany.Bitrix24.RU/ ", "mycompany.bitrix24.ru"],
    ["https://mycompany.bitrix24.ru/crm/deal/kanban/category/0/?x=1#y", "mycompany.bitrix24.ru"],
    ["mycompany.bitrix24.com.br/company/", "mycompany.bitrix24.com.br"],
    ["portal.mycompany.ru", "portal.mycompany.ru"],
    ["https://portal.mycompany.ru:8443/", "portal.mycompany.ru:8443"],
    ["http://127.0.0.1:8081/crm/", "http://127.0.0.1:8081"],
    ["localhost:8081", "localhost:8081"],
    [
      "портал.рф",
      "xn--80aswg.xn--p1ai".replace("xn--80aswg", new URL("https://портал.рф").hostname.split(".")[0]!),
    ],
  ] as const)
    it(`"${text}" is ${domain}`, () => expect(readDomain(text)).to.deep.equal({ domain }));

  for (const [text, fault] of [
    ["", "missing"],
    ["   ", "missing"],
    ["mycompany", "short"],
    ["bitrix24.ru", "site"],
    ["https://www.bitrix24.com/prices/", "site"],
    ["my company", "shape"],
    ["ftp://mycompany.bitrix24.ru", "shape"],
    ["javascript://mycompany.bitrix24.ru", "shape"],
    ["mycompany.bitrix24.ru@evil.example", "shape"],
    ["me@mycompany.bitrix24.ru", "shape"],
    ["https://", "shape"],
    ["mycompany.bitrix24.ru\\evil.example", "shape"],
  ] as const)
    it(`"${text}" is ${fault}`, () => expect(readDomain(text)).to.deep.equal({ fault }));
});
