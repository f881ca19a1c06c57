/* Signs in, shows the desk, signs out. The token is kept in this tab only; nothing of it reaches an address. */
(() => {
  const KEPT = "b24kit-session";
  /** A user's token is renewed this long before it ends, in milliseconds. */
  const MARGIN = 60_000;

  const byId = (id) => document.querySelector(`#${id}`);
  const provider = () => document.querySelector("b24-provider");

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
    hosts = [];
    turn();
    labelPage();
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

  /** Hosts of the connected portals, and the one that is looked at. */
  let hosts = [];
  let host = "";
  /** Name of the section that is looked at. */
  let looked = "";

  const sections = () => [...document.querySelectorAll("template.section")];
  const available = () => sections().filter(({ dataset }) => !("portal" in dataset) || hosts.length > 0);

  /** Makes a section when it is looked at for the first time; those of a portal stand in a provider of their own. */
  function makeSection({ content, dataset }) {
    const section = document.createElement("section");
    section.dataset.name = dataset.name;
    section.className = "section";
    if (!("portal" in dataset)) section.append(content.cloneNode(true));
    else {
      const inner = document.createElement("b24-provider");
      inner.append(content.cloneNode(true));
      inner.client = provider().client;
      section.append(inner);
    }
    return section;
  }

  function turn() {
    const place = byId("sections");
    if (!place) return;
    const all = available();
    const named = (name) => all.find(({ dataset }) => dataset.name === name);
    // Other links within the page, as the one to its content, change nothing.
    const current = named(location.hash.slice(1)) ?? named(looked) ?? all[0];
    const { name } = current.dataset;
    looked = name;
    // The list of portals tells all other sections what there is.
    for (const template of new Set([all[0], current]))
      if (!place.querySelector(`[data-name="${template.dataset.name}"]`)) place.append(makeSection(template));
    for (const section of place.children) {
      section.hidden = section.dataset.name !== name;
      section.querySelector("b24-provider")?.setAttribute("portal", host);
    }
    const choose = document.querySelector(".choose");
    choose.hidden = hosts.length < 2 || !("portal" in current.dataset);
    document
      .querySelector(".sections")
      .replaceChildren(...all.map((template) => linkTo(template, template === current)));
  }

  function linkTo({ dataset }, current) {
    const link = document.createElement("a");
    link.href = `#${dataset.name}`;
    if (current) link.setAttribute("aria-current", "page");
    for (const lang of ["ru", "en"]) {
      const word = Object.assign(document.createElement("span"), { lang, textContent: dataset[lang] });
      link.append(word);
    }
    return link;
  }

  /** The portals' list was read, or has changed. */
  function hearPortals({ detail }) {
    const now = detail.portals.map((portal) => portal.host);
    if (now.join() === hosts.join()) return;
    hosts = now;
    if (!hosts.includes(host)) host = hosts[0] ?? "";
    const place = byId("sections");
    // Nothing of a portal that is gone stays.
    if (hosts.length === 0)
      for (const inner of place.querySelectorAll("b24-provider")) inner.parentElement.remove();
    const select = document.querySelector(".choose select");
    select.replaceChildren(...hosts.map((one) => new Option(one, one, false, one === host)));
    select.onchange = () => {
      host = select.value;
      turn();
    };
    turn();
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.addEventListener("b24-signed-in", ({ detail }) => {
      keep(detail.signedIn);
      enter();
      byId("main").focus();
    });
    document.addEventListener("b24-error", hearError);
    document.addEventListener("b24-portals-listed", hearPortals);
    addEventListener("hashchange", turn);
    byId("sign-out").addEventListener("click", () => leave());
    if (signedIn) enter();
    else show("entrance");
  });
})();
