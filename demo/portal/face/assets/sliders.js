/** Panels that slide in over the page: each is a modal dialog, the last one opened on top. */

/**
 * @param {string} title
 * @param {() => void} onClose told once, however it is closed
 */
export function openSlider(title, onClose) {
  const dialog = document.createElement("dialog");
  dialog.className = "slider";
  dialog.setAttribute("aria-label", title);
  const head = document.createElement("header");
  const name = document.createElement("h2");
  name.textContent = title;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "round";
  button.setAttribute("aria-label", "Закрыть");
  button.append(closeDrawing());
  head.append(name, button);
  const body = document.createElement("div");
  body.className = "slider-body";
  dialog.append(head, body);
  document.body.append(dialog);
  button.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  dialog.addEventListener("close", () => {
    dialog.remove();
    onClose();
  });
  dialog.showModal();
  return {
    body,
    close: () => dialog.close(),
    setTitle(text) {
      name.textContent = text;
      dialog.setAttribute("aria-label", text);
    },
  };
}

function closeDrawing() {
  const space = "http://www.w3.org/2000/svg";
  const drawing = document.createElementNS(space, "svg");
  drawing.setAttribute("class", "icon");
  drawing.setAttribute("viewBox", "0 0 20 20");
  drawing.setAttribute("width", "20");
  drawing.setAttribute("height", "20");
  drawing.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", "m5 5 10 10M15 5 5 15");
  drawing.append(path);
  return drawing;
}
