/* Signs in, shows the desk, signs out. The token is kept in this tab only; nothing of it reaches an address. */
(() => {
  const root = document.documentElement;
  const KEPT = "b24kit-session";
  /** A user's token is renewed this long before it ends, in milliseconds. */
  const MARGIN = 60_000;

  const byId = (id) => document.querySelector(`#${id}`);
  const provider = () => document.querySelector("b24-provider");
  const stored = (key, fallback) => {
    try {
      return localStorage.getItem(`b24kit-home-${key}`) ?? fallback;
    } catch {
      return fallback;
    }
  };

  let signedIn = null;
  try {
    signedIn = JSON.parse(sessionStorage.getItem(KEPT));
  } catch {
    // Without storage a reload signs out; nothing else depends on it.
  }

  function keep(session) {
    signedIn = session;
    try {
      if (session) sessionStorage.setItem(KEPT, JSON.stringify(session));
      else sessionStorage.removeItem(KEPT);
    } catch {
      // As above.
    }
  }

  /** The provider asks for it when it has none, when it ends, and when it was refused. */
  async function getToken() {
    if (signedIn?.kind !== "user") return signedIn?.token;
    if (Date.parse(signedIn.expiresAt) - Date.now() < MARGIN) {
      const renewed = await provider().client.signIn.renew(signedIn);
      keep({ kind: "user", ...renewed });
    }
    return { token: signedIn.token, expiresAt: signedIn.expiresAt };
  }

  function show(template) {
    byId("place").replaceChildren(byId(template).content.cloneNode(true));
  }

  function enter() {
    provider().getToken = getToken;
    byId("sign-out").hidden = false;
    byId("title").className = "";
    show("desk");
  }

  /** @param {string} [reason] an error's code, where the person did not ask for it */
  function leave(reason) {
    keep(null);
    provider().getToken = undefined;
    byId("sign-out").hidden = true;
    byId("title").className = "sr-only";
    show("entrance");
    const form = document.querySelector("b24-sign-in");
    if (reason) form.setAttribute("reason", reason);
    byId("main").focus();
  }

  const ENDS = new Set(["unauthenticated", "token_expired", "token_unavailable"]);

  function hearError({ detail }) {
    // A service that is silent for a moment ends nothing: the elements say it and try again.
    const silent =
      detail.error?.code === "sign_in_unavailable" || detail.error?.cause?.code === "sign_in_unavailable";
    if (!signedIn || silent) return;
    if (detail.code === "sign_in_refused") leave("token_expired");
    else if (ENDS.has(detail.code))
      leave(detail.code === "token_unavailable" ? "token_expired" : detail.code);
  }

  /** The copy's state is shown as soon as there is a portal, for one portal at a time. */
  function showCopy({ detail }) {
    const data = byId("data");
    if (!data) return;
    const hosts = detail.portals.map(({ host }) => host);
    if (data.dataset.hosts === hosts.join()) return;
    data.dataset.hosts = hosts.join();
    data.hidden = hosts.length === 0;
    if (hosts.length === 0) return data.replaceChildren();
    if (!data.firstElementChild) data.append(byId("copy").content.cloneNode(true));
    const inner = data.querySelector("b24-provider");
    const select = data.querySelector("select");
    const chosen = hosts.includes(select.value) ? select.value : hosts[0];
    select.replaceChildren(...hosts.map((host) => new Option(host, host, false, host === chosen)));
    select.onchange = () => inner.setAttribute("portal", select.value);
    select.parentElement.hidden = hosts.length < 2;
    inner.client = provider().client;
    inner.setAttribute("portal", chosen);
  }

  const apply = {
    lang(value) {
      root.lang = value;
      provider().setAttribute("locale", value);
      document.title = value === "ru" ? "b24kit: управление" : "b24kit: administration";
      for (const node of document.querySelectorAll("[data-label-ru]")) {
        node.setAttribute("aria-label", node.dataset[value === "ru" ? "labelRu" : "labelEn"]);
        if (node.matches("button")) node.title = node.getAttribute("aria-label");
      }
    },
    theme(value) {
      root.dataset.theme = value;
      provider().setAttribute("theme", value);
    },
  };

  function set(key, value) {
    apply[key](value);
    for (const button of document.querySelectorAll(`[data-switch="${key}"] button`))
      button.setAttribute("aria-pressed", String(button.dataset.value === value));
    try {
      localStorage.setItem(`b24kit-home-${key}`, value);
    } catch {
      // A page without storage forgets the choice; nothing else depends on it.
    }
  }

  const language = stored("lang", /^ru\b/i.test(navigator.language) ? "ru" : "en");
  // Before the first paint, so that a dark page never flashes white.
  root.dataset.theme = stored("theme", "auto");
  root.lang = language;

  document.addEventListener("DOMContentLoaded", () => {
    set("lang", language);
    set("theme", stored("theme", "auto"));
    for (const group of document.querySelectorAll("[data-switch]"))
      group.addEventListener("click", (event) => {
        const button = event.target.closest("button");
        if (button) set(group.dataset.switch, button.dataset.value);
      });
    document.addEventListener("b24-signed-in", ({ detail }) => {
      keep(detail.signedIn);
      enter();
      byId("main").focus();
    });
    document.addEventListener("b24-error", hearError);
    document.addEventListener("b24-portals-listed", showCopy);
    byId("sign-out").addEventListener("click", () => leave());
    if (signedIn) enter();
    else show("entrance");
  });
})();
