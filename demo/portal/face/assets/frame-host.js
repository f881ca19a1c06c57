/** The page's end of the conversation with the frames of applications. */
import { commands } from "./frame-commands.js";

/** Frames that are open, by APP_SID. */
const frames = new Map();

/**
 * Posts the opening's form into a new iframe, which thereby gets its window.name, and puts it into the place.
 * @param {{appSid: string, action: string, fields: Record<string, string>, windowName: string, title: string}} opening
 * @param {HTMLElement} host where the iframe goes
 * @param {{close?: () => void, setTitle?: (title: string) => void, kind: "page" | "tab" | "slider"}} place
 */
export function openFrameIn(opening, host, place) {
  const iframe = document.createElement("iframe");
  iframe.name = opening.windowName;
  iframe.title = opening.title;
  iframe.allow = "clipboard-write; fullscreen; microphone; camera";
  iframe.className = "app-frame";
  const frame = {
    ...opening,
    iframe,
    place,
    origin: new URL(opening.action).origin,
    events: new Map(),
  };
  frames.set(opening.appSid, frame);
  host.replaceChildren(iframe);
  host.setAttribute("aria-busy", "true");
  iframe.addEventListener("load", () => host.removeAttribute("aria-busy"), { once: true });
  submit(opening);
  return frame;
}

export function forget({ appSid }) {
  frames.delete(appSid);
}

function submit({ action, fields, windowName }) {
  const form = document.createElement("form");
  form.method = "post";
  form.action = action;
  form.target = windowName;
  form.hidden = true;
  for (const [name, value] of Object.entries(fields)) {
    const input = document.createElement("input");
    input.type = "hidden";
    input.name = name;
    input.value = value;
    form.append(input);
  }
  document.body.append(form);
  form.submit();
  form.remove();
}

/** `command[:params]:callback:appSid`, or the same as an object; null where it is neither. */
function read(data) {
  if (typeof data === "object" && data !== null)
    return { command: data.method, params: data.params, callback: data.callback, appSid: data.appSid };
  if (typeof data !== "string") return null;
  const parts = data.split(":");
  if (parts.length < 3) return null;
  const [command] = parts;
  const [callback, appSid] = parts.slice(-2);
  return { command, params: parse(parts.slice(1, -2).join(":")), callback, appSid };
}

/** Values that are no JSON (`setValue` sends what it likes) stay texts. */
function parse(text) {
  if (text === "") return {};
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

addEventListener("message", async (event) => {
  const message = read(event.data);
  const frame = message && frames.get(message.appSid);
  if (!frame || event.source !== frame.iframe.contentWindow || event.origin !== frame.origin) return;
  if (!Object.hasOwn(commands, message.command)) return;
  const reply = (result) => {
    const text = result === undefined ? "" : JSON.stringify(result);
    frame.iframe.contentWindow?.postMessage(`${message.callback}:${text}`, frame.origin);
  };
  await commands[message.command](frame, message.params, reply);
});
