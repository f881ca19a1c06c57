/** Choosing colleagues and records for an application: a dialog with a search field and a list. */

export function pickPeople(multiple, choose) {
  openPicker("Выбор сотрудника", "/frame/people/", multiple, (values) =>
    choose(multiple ? values : values[0]),
  );
}

/** Answers by kind of record: `{deal: {0: {…}}}`. */
export function pickRecords({ entityType = [], multiple }, choose) {
  const kinds = Array.isArray(entityType) ? entityType : [entityType];
  openPicker(
    "Выбор из CRM",
    `/frame/records/?kinds=${kinds.map(encodeURIComponent)}`,
    multiple === true,
    (values) => {
      const chosen = {};
      for (const value of values) {
        chosen[value.type] ??= {};
        chosen[value.type][Object.keys(chosen[value.type]).length] = value;
      }
      choose(chosen);
    },
  );
}

function openPicker(title, address, multiple, choose) {
  const dialog = document.createElement("dialog");
  dialog.className = "picker";
  dialog.setAttribute("aria-labelledby", "picker-title");
  const form = document.createElement("form");
  form.method = "dialog";
  const heading = Object.assign(document.createElement("h2"), { id: "picker-title", textContent: title });
  const search = Object.assign(document.createElement("input"), { type: "search", placeholder: "Найти" });
  search.setAttribute("aria-label", "Найти");
  const list = document.createElement("ul");
  const buttons = Object.assign(document.createElement("p"), { className: "buttons" });
  const cancel = Object.assign(document.createElement("button"), {
    type: "button",
    className: "button",
    textContent: "Отменить",
  });
  buttons.append(cancel);
  form.append(heading, search, list, buttons);
  dialog.append(form);
  document.body.append(dialog);

  const chosen = new Map();
  const done = () => {
    dialog.close();
    choose([...chosen.values()]);
  };
  if (multiple) {
    const ready = Object.assign(document.createElement("button"), {
      type: "button",
      className: "button primary",
      textContent: "Выбрать",
    });
    ready.addEventListener("click", done);
    buttons.prepend(ready);
  }
  cancel.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());

  const take = (item, button) => {
    if (multiple && chosen.has(item.value.id)) chosen.delete(item.value.id);
    else chosen.set(item.value.id, item.value);
    if (!multiple) return done();
    button.setAttribute("aria-pressed", String(chosen.has(item.value.id)));
  };
  let latest = 0;
  const show = async () => {
    const mine = ++latest;
    const url = new URL(address, location.origin);
    url.searchParams.set("q", search.value);
    const items = await (await fetch(url)).json();
    if (mine !== latest) return;
    list.replaceChildren(...items.map((item) => line(item, multiple && chosen.has(item.value.id), take)));
    if (items.length === 0)
      list.append(Object.assign(document.createElement("li"), { textContent: "Никого не нашлось" }));
  };
  search.addEventListener("input", show);
  dialog.showModal();
  search.focus();
  show();
}

function line(item, pressed, take) {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "menu-item" });
  const name = Object.assign(document.createElement("span"), { textContent: item.title });
  const about = Object.assign(document.createElement("small"), { textContent: item.about });
  button.append(name, about);
  if (pressed) button.setAttribute("aria-pressed", "true");
  button.addEventListener("click", () => take(item, button));
  const entry = document.createElement("li");
  entry.append(button);
  return entry;
}
