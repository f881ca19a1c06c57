/** What a frame may ask of the page, by the command's name. A name that is not here gets no answer. */
import { ask } from "./ask-portal.js";
import { reloadData } from "./live-parts.js";
import { openInSlider } from "./open-application.js";
import { pickPeople, pickRecords } from "./pickers.js";
import { openSlider } from "./sliders.js";

/** Passes a command on to the portal; it stays silent where the portal does. */
const onServer = (name) => async (frame, params, reply) => {
  const answer = await ask(`/frame/${frame.appSid}/${name}/`, params);
  if ("result" in answer) reply(answer.result);
  return answer;
};

async function finishInstall(frame, params, reply) {
  const answer = await onServer("setInstallFinish")(frame, params, reply);
  // From now on the handler is shown where the install page was.
  if (answer.result) location.reload();
}

function resizeWindow({ iframe, place }, { width, height }, reply) {
  // A slider has the window's own height; elsewhere the page grows with the frame.
  if (place.kind !== "slider" && Number(height) > 0)
    iframe.style.height = `${Math.min(Number(height), 20_000)}px`;
  reply({ width, height });
}

function setTitle({ iframe, place }, { title }, reply) {
  const text = String(title);
  iframe.title = text;
  place.setTitle?.(text);
  reply(text);
}

function setScroll(_frame, { scroll }, reply) {
  scrollTo({ top: Number(scroll) || 0 });
  reply(scroll);
}

/** Opens a page of the portal in a slider; answers when that is closed. */
function openPath(_frame, { path }, reply) {
  const url = URL.canParse(String(path), location.origin) ? new URL(String(path), location.origin) : null;
  if (!url || url.origin !== location.origin)
    return reply({ result: "error", errorCode: "PATH_NOT_AVAILABLE" });
  const slider = openSlider("Портал", () => reply({ result: "close" }));
  const page = document.createElement("iframe");
  page.className = "app-frame";
  page.title = "Страница портала";
  page.src = url.pathname + url.search;
  page.addEventListener("load", () =>
    slider.setTitle(page.contentDocument?.querySelector("h1")?.textContent ?? "Портал"),
  );
  slider.body.replaceChildren(page);
}

const LIST_OR_CARD = /^CRM_[A-Z]+_(LIST|DETAIL)_/;

function getInterface({ placement }, _params, reply) {
  reply({ command: LIST_OR_CARD.test(placement) ? ["reloadData"] : [], event: [] });
}

export const commands = {
  getInitData: onServer("getInitData"),
  refreshAuth: onServer("refreshAuth"),
  setInstall: onServer("setInstall"),
  setInstallFinish: finishInstall,
  setAppOption: onServer("setAppOption"),
  setUserOption: onServer("setUserOption"),
  resizeWindow,
  setTitle,
  setScroll,
  openPath,
  getInterface,
  reloadWindow: () => location.reload(),
  openApplication: (frame, params, reply) =>
    openInSlider({ appSid: frame.appSid, options: typeof params === "object" ? params : {} }, () => reply()),
  closeApplication: ({ place }) => place.close?.(),
  selectUser: (_frame, { mult }, reply) => pickPeople(mult === true || mult === "Y", reply),
  selectCRM: (_frame, params, reply) => pickRecords(params, reply),
  /** Answers whenever the event happens; no event of ours exists yet, so never. */
  placementBindEvent: ({ events }, { event }, reply) => void events.set(String(event), reply),
  async reloadData({ placement }, _params, reply) {
    if (!LIST_OR_CARD.test(placement)) return;
    await reloadData();
    reply();
  },
};
