/* Language, theme, tabs and the copy button of the demo page. Plain script: what a page author would write by hand. */
(() => {
  const root = document.documentElement;
  const provider = () => document.querySelector("b24-provider");
  const stored = (key, fallback) => {
    try {
      return localStorage.getItem(`b24kit-demo-${key}`) ?? fallback;
    } catch {
      return fallback;
    }
  };

  /** What each switch does to the page; the elements follow their provider's attributes. */
  const apply = {
    lang(value) {
      root.lang = value;
      provider()?.setAttribute("locale", value);
      document.title = value === "ru" ? "b24kit: живые виджеты Битрикс24" : "b24kit: live Bitrix24 widgets";
      for (const node of document.querySelectorAll("[data-label-ru]")) {
        node.setAttribute("aria-label", node.dataset[value === "ru" ? "labelRu" : "labelEn"]);
        if (node.matches("button")) node.title = node.getAttribute("aria-label");
      }
    },
    theme(value) {
      root.dataset.theme = value;
      provider()?.setAttribute("theme", value);
    },
  };

  function set(key, value) {
    apply[key](value);
    for (const button of document.querySelectorAll(`[data-switch="${key}"] button`))
      button.setAttribute("aria-pressed", String(button.dataset.value === value));
    try {
      localStorage.setItem(`b24kit-demo-${key}`, value);
    } catch {
      // A page without storage forgets the choice; nothing else depends on it.
    }
  }

  // Before the first paint, so that a dark page never flashes white.
  root.dataset.theme = stored("theme", "auto");
  root.lang = stored("lang", "ru");

  function selectTab(tab) {
    for (const other of tab.parentElement.children) {
      other.setAttribute("aria-selected", String(other === tab));
      other.tabIndex = other === tab ? 0 : -1;
    }
    document.querySelector("#records b24-table").setAttribute("query", tab.dataset.query);
  }

  function moveTab(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const tabs = [...event.currentTarget.children];
    const next = tabs[(tabs.indexOf(document.activeElement) + step + tabs.length) % tabs.length];
    next.focus();
    selectTab(next);
    event.preventDefault();
  }

  async function copy(button) {
    const text = document.querySelector(button.dataset.copy).textContent;
    const said = document.querySelector("#announcer");
    try {
      await navigator.clipboard.writeText(text);
      said.textContent = root.lang === "ru" ? "Скопировано" : "Copied";
    } catch {
      getSelection().selectAllChildren(document.querySelector(button.dataset.copy));
      said.textContent = root.lang === "ru" ? "Выделено: нажмите Ctrl+C" : "Selected: press Ctrl+C";
    }
    button.querySelector(`[lang="${root.lang}"]`).textContent = said.textContent;
  }

  const ENTERED = "b24kit-demo-session";

  /** The token of a browser on another machine, which came in by the one-time link; renewed a minute before its end. */
  async function enteredToken() {
    const kept = JSON.parse(sessionStorage.getItem(ENTERED));
    if (Date.parse(kept.expiresAt) - Date.now() > 60_000) return kept.token;
    const answer = await fetch("/demo/session", {
      method: "POST",
      headers: { authorization: `Bearer ${kept.token}` },
    });
    if (!answer.ok) throw new Error(`/demo/session answered ${answer.status}`);
    const renewed = await answer.json();
    sessionStorage.setItem(ENTERED, JSON.stringify(renewed));
    return renewed.token;
  }

  function useEnteredToken() {
    try {
      if (sessionStorage.getItem(ENTERED)) provider().getToken = enteredToken;
    } catch {
      // No storage, no entrance from elsewhere; this machine needs none.
    }
  }

  async function showPortal() {
    await customElements.whenDefined("b24-provider");
    await provider().updateComplete;
    const [portal] = await provider().client.portals.list();
    if (!portal) return;
    const link = document.querySelector("#portal-link");
    link.textContent = portal.host;
    link.href = portal.url;
  }

  document.addEventListener("DOMContentLoaded", () => {
    set("lang", stored("lang", "ru"));
    set("theme", stored("theme", "auto"));
    for (const group of document.querySelectorAll("[data-switch]"))
      group.addEventListener("click", (event) => {
        const button = event.target.closest("button");
        if (button) set(group.dataset.switch, button.dataset.value);
      });
    const tabs = document.querySelector('[data-tabs="records"]');
    tabs.addEventListener("click", (event) => {
      const tab = event.target.closest("[role=tab]");
      if (tab) selectTab(tab);
    });
    tabs.addEventListener("keydown", moveTab);
    selectTab(tabs.firstElementChild);
    document.querySelector("#snippet").textContent = [
      `<script src="${location.origin}/b24.js" async></script>`,
      ``,
      `<b24-provider token-url="/my-token">`,
      `  <b24-chart query="deals-by-stage" type="bar"></b24-chart>`,
      `  <b24-table query="deals"></b24-table>`,
      `</b24-provider>`,
    ].join("\n");
    for (const button of document.querySelectorAll(".copy"))
      button.addEventListener("click", () => copy(button));
    useEnteredToken();
    showPortal().catch(() => document.querySelector(".portal").remove());
  });
})();
