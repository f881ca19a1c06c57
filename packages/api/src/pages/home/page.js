/*
 * Language and theme of the product's own pages, before the first paint: a dark page never flashes white. The page says
 * of itself `<html data-page="name" data-title-ru="…" data-title-en="…">`, and `data-lang` where it has a language of its own.
 */
(() => {
  const root = document.documentElement;
  const { page, titleRu, titleEn } = root.dataset;
  const provider = () => document.querySelector("b24-provider");

  function stored(key, fallback) {
    try {
      return localStorage.getItem(`b24kit-${page}-${key}`) ?? fallback;
    } catch {
      return fallback;
    }
  }

  /** Names what has a name in both languages: `data-label-ru`, `data-label-en`. */
  function label() {
    for (const node of document.querySelectorAll("[data-label-ru]")) {
      node.setAttribute("aria-label", node.dataset[root.lang === "ru" ? "labelRu" : "labelEn"]);
      if (node.matches("button")) node.title = node.getAttribute("aria-label");
    }
  }

  /** What each switch does to the page; the elements follow their provider's attributes. */
  const apply = {
    lang(value) {
      root.lang = value;
      provider()?.setAttribute("locale", value);
      document.title = value === "ru" ? titleRu : titleEn;
      label();
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
      localStorage.setItem(`b24kit-${page}-${key}`, value);
    } catch {
      // A page without storage forgets the choice; nothing else depends on it.
    }
  }

  root.dataset.theme = stored("theme", "auto");
  root.lang = stored("lang", root.dataset.lang ?? (/^ru\b/i.test(navigator.language) ? "ru" : "en"));
  // For pages that bring in parts of themselves later.
  globalThis.labelPage = label;

  document.addEventListener("DOMContentLoaded", () => {
    set("lang", root.lang);
    set("theme", root.dataset.theme);
    for (const group of document.querySelectorAll("[data-switch]"))
      group.addEventListener("click", (event) => {
        const button = event.target.closest("button");
        if (button) set(group.dataset.switch, button.dataset.value);
      });
  });
})();
