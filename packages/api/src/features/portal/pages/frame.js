/* The page's end of the conversation with the portal that shows it in a frame. Names are Bitrix24's. */
(() => {
  const [domain, protocol, appSid] = window.name.split("|");
  const framed = window.parent !== window && Boolean(appSid);
  const origin = `${protocol === "0" ? "http" : "https"}://${domain}`;
  const waiting = new Map();
  let count = 0;

  addEventListener("message", (event) => {
    if (!framed || event.origin !== new URL(origin).origin || typeof event.data !== "string") return;
    const at = event.data.indexOf(":");
    const key = at < 0 ? event.data : event.data.slice(0, at);
    const resolve = waiting.get(key);
    if (!resolve) return;
    waiting.delete(key);
    try {
      resolve(JSON.parse(event.data.slice(at + 1)));
    } catch {
      resolve(undefined);
    }
  });

  /** Resolves with the portal's answer, or with undefined where it stays silent. */
  function send(command, params) {
    if (!framed) return Promise.resolve(undefined);
    count += 1;
    const key = `b24kit${count}`;
    const words = params === undefined ? "" : JSON.stringify(params);
    return new Promise((resolve) => {
      waiting.set(key, resolve);
      setTimeout(() => waiting.delete(key) && resolve(undefined), 10_000);
      parent.postMessage(
        [command, words, key, appSid].filter((part, n) => n !== 1 || part).join(":"),
        origin,
      );
    });
  }

  window.b24frame = { framed, send };

  const block = document.querySelector("#b24kit-page");
  const page = block ? JSON.parse(block.textContent) : {};
  if (page.finish) {
    const button = document.querySelector("#finish");
    const finish = () => send("setInstallFinish", {});
    button?.addEventListener("click", finish);
    if (framed) button?.removeAttribute("hidden");
    finish();
  }
})();
