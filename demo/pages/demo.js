/* Tabs, the copy button and the entrance of the demo's pages. Plain script: what a page author would write by hand. */
(() => {
  const root = document.documentElement;
  const provider = () => document.querySelector("b24-provider");

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
    const kept = JSON.parse(localStorage.getItem(ENTERED));
    if (Date.parse(kept.expiresAt) - Date.now() > 60_000) return kept.token;
    const answer = await fetch("/demo/session", {
      method: "POST",
      headers: { authorization: `Bearer ${kept.token}` },
    });
    if (!answer.ok) {
      localStorage.removeItem(ENTERED);
      throw new Error(`/demo/session answered ${answer.status}`);
    }
    const renewed = await answer.json();
    localStorage.setItem(ENTERED, JSON.stringify(renewed));
    return renewed.token;
  }

  function useEnteredToken() {
    try {
      if (localStorage.getItem(ENTERED)) provider().getToken = enteredToken;
    } catch {
      // No storage, no entrance from elsewhere; this machine needs none.
    }
  }

  /** `/?person=anna` shows the page as somebody else, to see two people at work. */
  function usePerson() {
    const person = new URLSearchParams(location.search).get("person");
    if (person) provider().setAttribute("token-url", `/demo/session?person=${encodeURIComponent(person)}`);
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

  /** A kept chart, the first suggestion kept where there is none, as an image with an address of its own. */
  async function showPicture() {
    const { charts } = provider().client;
    let [chart] = await charts.boards.charts();
    if (!chart) {
      const [first] = await charts.suggest();
      if (!first)
        throw new Error(
          root.lang === "ru" ? "Сначала синхронизируйте данные." : "Synchronise the data first.",
        );
      const { title, plan, form } = first;
      const id = "00000000-0000-4000-8000-0000000000de";
      chart = await charts.boards.keep({
        id,
        name: title[root.lang],
        definition: { lane: "plan", plan },
        form,
      });
    }
    const { url } = await charts.boards.linkPicture(chart.id, { expiresInHours: 720 });
    const dark =
      { dark: true, light: false }[root.dataset.theme] ?? matchMedia("(prefers-color-scheme: dark)").matches;
    const theme = dark ? "dark" : "light";
    const figure = document.querySelector("#picture");
    const image = figure.querySelector("img");
    image.src = `${url}?locale=${root.lang}&theme=${theme}&width=640`;
    image.alt = chart.name;
    figure.querySelector("code").textContent = image.outerHTML;
    figure.hidden = false;
  }

  /** What only the home page has: tabs of records, the code to take along. */
  function fillHome() {
    const tabs = document.querySelector('[data-tabs="records"]');
    tabs.addEventListener("click", (event) => {
      const tab = event.target.closest("[role=tab]");
      if (tab) selectTab(tab);
    });
    tabs.addEventListener("keydown", moveTab);
    selectTab(tabs.firstElementChild);
    const button = document.querySelector("#picture-button");
    button.addEventListener("click", () => {
      const said = document.querySelector("#picture-said");
      said.textContent = "";
      showPicture().catch((error) => {
        said.textContent = error.message;
      });
    });
    document.querySelector("#snippet").textContent = [
      `<script src="${location.origin}/b24.js" async></script>`,
      ``,
      `<b24-provider token-url="/my-token">`,
      `  <b24-chart query="deals-by-stage" type="bar"></b24-chart>`,
      `  <b24-table query="deals"></b24-table>`,
      `</b24-provider>`,
    ].join("\n");
  }

  document.addEventListener("DOMContentLoaded", () => {
    if (document.querySelector("#records")) fillHome();
    for (const button of document.querySelectorAll(".copy"))
      button.addEventListener("click", () => copy(button));
    usePerson();
    useEnteredToken();
    showPortal().catch(() => document.querySelector(".portal").remove());
  });
})();
