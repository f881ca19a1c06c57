import type { Case } from "./case.ts";
import { both, flag, id, keys, listOf, number, text } from "./shape.ts";

const topic = "links of records";

const KINDS = [
  ["deal", "contact", "CONTACT_ID"],
  ["lead", "contact", "CONTACT_ID"],
  ["contact", "company", "COMPANY_ID"],
  ["company", "contact", "CONTACT_ID"],
] as const;

/** The six methods of each kind of link do the same. */
export const LINK_KIND_CASES: readonly Case[] = KINDS.flatMap(([owner, other, name]): Case[] => {
  const prefix = `crm.${owner}.${other}`;
  const only = [[`${prefix}.items.set`, { id: 5, items: [{ [name]: 7 }] }]] as const;
  const row = both(keys(name, "SORT", "ROLE_ID", "IS_PRIMARY"), {
    [name]: id,
    SORT: number,
    IS_PRIMARY: flag,
  });
  return [
    {
      method: `${prefix}.fields`,
      when: "what a link holds",
      topic,
      result: {
        [name]: { type: "integer", isRequired: true },
        SORT: { title: text },
        IS_PRIMARY: { type: "char" },
      },
    },
    {
      method: `${prefix}.items.get`,
      when: "what was set",
      topic,
      after: only,
      params: { id: 5 },
      result: both(listOf(row), [{ [name]: 7 }]),
    },
    { method: `${prefix}.items.set`, when: "true", topic, params: { id: 5, items: [] }, result: true },
    {
      method: `${prefix}.items.delete`,
      when: "nothing is left",
      topic,
      after: only,
      params: { id: 5 },
      result: true,
      shows: [`${prefix}.items.get`, { id: 5 }, []],
    },
    {
      method: `${prefix}.add`,
      when: "a second one goes behind the first",
      topic,
      after: only,
      params: { id: 5, fields: { [name]: 8 } },
      result: true,
      shows: [`${prefix}.items.get`, { id: 5 }, [{ [name]: 7 }, { [name]: 8 }]],
    },
    {
      method: `${prefix}.delete`,
      when: "one goes",
      topic,
      after: only,
      params: { id: 5, fields: { [name]: 7 } },
      result: true,
      shows: [`${prefix}.items.get`, { id: 5 }, []],
    },
  ];
});
