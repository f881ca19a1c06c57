import type { MirrorDescription } from "../deps.ts";
import { defineChartViews } from "../views/chart-views.ts";

/** A portal that was never mirrored and has one field of its own: enough for rules that look at names alone. */
export const SAMPLE_MIRROR: MirrorDescription = {
  offsetMinutes: 180,
  fields: [
    {
      entity: "deal",
      name: "UF_CRM_TAGS",
      type: "string",
      multiple: true,
      label: "Метки",
      statusType: null,
      items: [],
      columns: [{ name: "uf_crm_tags", type: "text[]" }],
    },
    {
      entity: "deal",
      name: "UF_CRM_1721244482250",
      type: "enumeration",
      multiple: false,
      label: "Приоритет",
      statusType: null,
      items: [
        { id: "1", label: "Высокий" },
        { id: "2", label: "Обычный" },
      ],
      columns: [{ name: "uf_crm_1721244482250", type: "bigint" }],
    },
  ],
  statuses: [
    { dictionary: "DEAL_STAGE", code: "NEW", name: "Новая", color: "#39a8ef", semantics: null },
    { dictionary: "DEAL_STAGE", code: "WON", name: "Успех", color: "#7bd500", semantics: "S" },
    { dictionary: "DEAL_STAGE_1", code: "C1:NEW", name: "Новая", color: null, semantics: null },
    { dictionary: "SOURCE", code: "WEB", name: "Веб-сайт", color: null, semantics: null },
  ],
  categories: [
    { id: 0, name: "Общая" },
    { id: 1, name: "Ремонт | «под ключ»" },
  ],
  currencies: [{ id: "RUB", name: "Российский рубль", base: true }],
  users: [{ id: 1, name: "Анна Орлова" }],
  departments: [{ id: 1, name: "Продажи" }],
  rows: { deal: 1200 },
  from: (table, _shape, alias) => `crm.${table} ${alias}`,
};

export const sampleCatalogue = defineChartViews(SAMPLE_MIRROR).catalogue;
