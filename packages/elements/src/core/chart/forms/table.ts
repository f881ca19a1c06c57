import "../../table/table.define.ts";
import { html } from "lit";
import { readPlace } from "../reading.ts";
import type { Form } from "./form.ts";

/** The rows as they came, in the element that draws every table. */
export const form: Form = {
  view: ({ table, title }) => html`<b24-table class="rows" .data=${table} heading=${title}></b24-table>`,
  option: () => ({}),
  height: () => 320,
  read: (data, words, { category }) => readPlace(data, words, category),
  trigger: "item",
};
