import { z } from "zod";
import { type ColumnInfo, defineQuery, type QueryDefinition } from "../../platform/queries/definition.ts";

type Column = readonly [
  name: string,
  ru: string,
  en: string,
  kind: ColumnInfo["kind"],
  sql: string,
  link?: string,
];

/** A row for each company and each of its contacts; contacts without a company and companies without a contact too. */
const COLUMNS: readonly Column[] = [
  ["company", "Компания", "Company", "text", "c.title", "/crm/company/details/{company_id}/"],
  ["contact", "Контакт", "Contact", "text", "p.title", "/crm/contact/details/{contact_id}/"],
  ["primary", "Основная", "Primary", "boolean", "p.companies[1] = c.no"],
  ["post", "Должность", "Position", "text", "p.shown ->> 'post'"],
  ["phone", "Телефон", "Phone", "phone", "coalesce(p.shown ->> 'phone', c.shown ->> 'phone')"],
  ["email", "E-mail", "E-mail", "email", "coalesce(p.shown ->> 'email', c.shown ->> 'email')"],
  ["city", "Город", "City", "text", "c.shown ->> 'city'"],
  ["address", "Адрес", "Address", "text", "c.shown ->> 'address'"],
  ["legal", "Реквизиты", "Legal numbers", "text", "c.shown ->> 'legal'"],
  ["company_id", "ID компании", "Company ID", "id", "c.record_id"],
  ["contact_id", "ID контакта", "Contact ID", "id", "p.record_id"],
];

const parameters = z.object({ run: z.uuid().describe("Id of a generation") });

/** What a generation has made, as long as it is there: companies with their contacts. */
export function generatorResults(): QueryDefinition {
  return defineQuery({
    name: "generator-results",
    title: { ru: "Созданные компании и контакты", en: "Companies and contacts made" },
    description: {
      ru: "Компании одной генерации с их контактами",
      en: "The companies of one generation with their contacts",
    },
    parameters,
    defaultLimit: 10_000,
    maxLimit: 500_000,
    build: ({ portal, params, limit }) => ({
      text: `WITH r AS (SELECT * FROM b24kit.generator_records
          WHERE run_id = (SELECT id FROM b24kit.generator_runs WHERE id = $1::uuid AND portal_id = $2::integer)
            AND state IN ('created', 'kept'))
        SELECT ${COLUMNS.map(([name, , , , sql]) => `${sql} AS "${name}"`).join(", ")}
        FROM (SELECT * FROM r WHERE entity = 'company') c
        FULL JOIN (SELECT k.*, l.company FROM r k LEFT JOIN LATERAL unnest(k.companies) AS l(company)
            ON EXISTS (SELECT FROM r o WHERE o.entity = 'company' AND o.no = l.company)
          WHERE k.entity = 'contact') p ON p.company = c.no
        ORDER BY coalesce(c.no, 2147483647), p.no LIMIT $3`,
      values: [params.run, portal.id, limit],
      columns: COLUMNS.map(([name, ru, en, kind, , link]) => ({
        name,
        label: { ru, en },
        kind,
        ...(link ? { link } : {}),
      })),
    }),
  });
}
