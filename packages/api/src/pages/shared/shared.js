/* Hands the link to the dashboard. It stands after the `#`, which no browser sends to a server. */
(() => {
  const root = document.documentElement;
  root.lang = /^ru\b/i.test(navigator.language) ? "ru" : "en";

  function show() {
    const link = location.hash.slice(1);
    const template = document.querySelector(link ? "#board" : "#nothing");
    const content = template.content.cloneNode(true);
    content.querySelector("b24-dashboard")?.setAttribute("link", link);
    document.querySelector("#place").replaceChildren(content);
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.title = root.lang === "ru" ? "b24kit: дашборд по ссылке" : "b24kit: a shared dashboard";
    document.querySelector("b24-provider").setAttribute("locale", root.lang);
    addEventListener("hashchange", show);
    show();
  });
})();
