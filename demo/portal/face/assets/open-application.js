/** Opens what applications put into the pages. */
import { ask } from "./ask-portal.js";
import { forget, openFrameIn } from "./frame-host.js";
import { openSlider } from "./sliders.js";

/** @param request what `/frame/open/` takes; @param onClose told when the slider is gone */
export async function openInSlider(request, onClose = () => {}) {
  const opening = await ask("/frame/open/", request);
  let frame = null;
  const slider = openSlider(opening.title ?? "Приложение", () => {
    if (frame) forget(frame);
    onClose();
  });
  if (opening.fault) return showFault(slider.body, opening.fault);
  frame = openFrameIn(opening, slider.body, {
    kind: "slider",
    close: slider.close,
    setTitle: slider.setTitle,
  });
}

/** Opens it in the page itself. */
export async function openInPlace(request, host, kind) {
  const opening = await ask("/frame/open/", request);
  if (opening.fault) return showFault(host, opening.fault);
  const heading = document.querySelector("[data-app-title]");
  openFrameIn(opening, host, {
    kind,
    setTitle(title) {
      if (kind !== "page") return;
      document.title = title;
      if (heading) heading.textContent = title;
    },
    close: () => kind === "page" && location.assign("/"),
  });
}

function showFault(host, text) {
  const note = document.createElement("p");
  note.className = "fault";
  note.setAttribute("role", "alert");
  note.textContent = text;
  host.replaceChildren(note);
}
