import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { GeneratorCounts, GeneratorEntity, GeneratorLocale } from "@b24kit/client/contract";
import { loadFaker } from "./faker.ts";
import { companiesOf } from "./links.ts";
import { createFactory, type Factory } from "./make-record.ts";
import type { Catalogue } from "./record.ts";

const catalogue: Catalogue = {
  industries: ["IT", "TRADE"],
  employees: ["EMPLOYEES_1", "EMPLOYEES_2"],
  companyTypes: ["CUSTOMER"],
  contactTypes: ["CLIENT"],
  sources: ["CALL", "WEB"],
  leadStages: [
    { id: "NEW", end: "open" },
    { id: "CONVERTED", end: "won" },
    { id: "JUNK", end: "lost" },
  ],
  funnels: [
    {
      id: 0,
      stages: [
        { id: "NEW", end: "open" },
        { id: "WON", end: "won" },
        { id: "LOSE", end: "lost" },
      ],
    },
    {
      id: 3,
      stages: [
        { id: "C3:NEW", end: "open" },
        { id: "C3:WON", end: "won" },
      ],
    },
  ],
  currency: null,
};

const DAY = "2026-05-01";
const ALL: readonly GeneratorEntity[] = ["company", "contact", "lead", "deal"];

async function factory(
  counts: Partial<GeneratorCounts> = {},
  locale: GeneratorLocale = "ru",
  seed = 7,
): Promise<Factory> {
  const plan = { counts: { company: 200, contact: 400, lead: 100, deal: 100, ...counts }, locale, seed };
  return createFactory({ plan, day: DAY, catalogue }, await loadFaker(locale));
}

const numbers = (count: number) => Array.from({ length: count }, (_, at) => at + 1);

describe("records of the generator", () => {
  it("are the same for the same seed, whatever the order they are made in", async () => {
    const one = await factory();
    const forward = ALL.flatMap((entity) => numbers(100).map((no) => one.make(entity, no)));
    const two = await factory();
    const backward = ALL.toReversed().flatMap((entity) =>
      numbers(100)
        .reverse()
        .map((no) => two.make(entity, no)),
    );
    assert.deepEqual(backward.reverse(), forward);
    const other = await factory({}, "ru", 8);
    assert.notDeepEqual(other.make("contact", 1), one.make("contact", 1));
  });

  it("have numbers with right check digits", async () => {
    const { make } = await factory();
    for (const no of numbers(200)) {
      const [, inn = "", kpp = "", ogrn = ""] =
        /^ИНН (\d{10}), КПП (\d{9}), ОГРН (\d{13})$/.exec(make("company", no).legal) ?? [];
      const sum = [2, 4, 10, 3, 5, 9, 4, 6, 8].reduce(
        (total, weight, at) => total + weight * Number(inn[at]),
        0,
      );
      assert.equal((sum % 11) % 10, Number(inn[9]), inn);
      assert.equal(kpp, `${inn.slice(0, 4)}01001`);
      assert.equal(Number((BigInt(ogrn.slice(0, 12)) % 11n) % 10n), Number(ogrn[12]), ogrn);
    }
  });

  it("agree in gender: name, patronymic and surname", async () => {
    const { make } = await factory();
    const seen = new Set<string>();
    for (const no of numbers(400)) {
      const { sex, middle, last } = make("contact", no).person;
      seen.add(sex);
      assert.match(middle, sex === "female" ? /(овна|евна|ична|инична)$/ : /(ович|евич|ич)$/);
      if (/(ов|ев|ин|ын)а?$/.test(last))
        assert.equal(last.endsWith("а"), sex === "female", `${middle} ${last}`);
    }
    assert.equal(seen.size, 2);
  });

  it("share no e-mail and no phone, and write to nobody", async () => {
    for (const locale of ["ru", "en", "de", "fr", "es", "pl"] as const) {
      const { make } = await factory({}, locale);
      const people = [
        ...numbers(200).map((no) => make("company", no)),
        ...numbers(400).map((no) => make("contact", no)),
        ...numbers(100).map((no) => make("lead", no)),
      ];
      assert.equal(new Set(people.map(({ email }) => email)).size, 700, locale);
      assert.equal(new Set(people.map(({ phone }) => phone)).size, 700, locale);
      for (const { email, phone } of people) {
        assert.match(email, /^[a-z0-9.-]+@([a-z0-9-]+\.)?example\.(com|org|net)$/, email);
        assert.match(phone, /^\+\d+ \d{2,3} \d{3}-\d{2}-\d{2}$/);
      }
    }
  });

  it("link contacts to companies that exist, some to two, the primary one first", () => {
    for (const company of [0, 1, 2, 37, 200]) {
      const links = numbers(400).map((no) => companiesOf(5, no, { company, contact: 400, lead: 0, deal: 0 }));
      assert.ok(links.flat().every((no) => no >= 1 && no <= company));
      assert.ok(links.every((list) => new Set(list).size === list.length));
      assert.equal(
        links.every((list) => list.length > 0),
        company > 0,
      );
      const several = links.filter((list) => list.length === 2).length;
      assert.ok(company < 2 ? several === 0 : several > 40 && several < 130, `${several} of 400`);
    }
  });

  it("give deals a stage of their funnel, and dates and parties that fit", async () => {
    const { make } = await factory();
    for (const no of numbers(100)) {
      const deal = make("deal", no);
      const stage = catalogue.funnels
        .find(({ id }) => id === deal.funnel)
        ?.stages.find(({ id }) => id === deal.stage);
      assert.ok(stage, `${deal.stage} of funnel ${deal.funnel}`);
      assert.ok(deal.begin <= deal.close && deal.begin <= DAY);
      assert.equal(deal.close <= DAY, stage.end !== "open" || deal.close === DAY, JSON.stringify(deal));
      assert.ok(deal.amount >= 40_000 && deal.amount <= 2_000_000);
      assert.equal(deal.company, make("contact", deal.contact!).companies[0]);
    }
  });

  it("do without a portal's lists", async () => {
    const { currency } = catalogue;
    const bare: Catalogue = {
      currency,
      leadStages: [],
      funnels: [],
      industries: [],
      employees: [],
      companyTypes: [],
      contactTypes: [],
      sources: [],
    };
    const plan = { counts: { company: 0, contact: 1, lead: 1, deal: 1 }, locale: "ru" as const, seed: 1 };
    const { make } = createFactory({ plan, day: DAY, catalogue: bare }, await loadFaker("ru"));
    assert.deepEqual(make("contact", 1).companies, []);
    assert.equal(make("deal", 1).stage, null);
    assert.equal(make("company", 1).industry, null);
  });
});
