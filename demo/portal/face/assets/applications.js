/** Where applications are opened: buttons, menu items, tabs, pages of their own. */
import { openInPlace, openInSlider } from "./open-application.js";

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-placement]");
  if (!button) return;
  const { placement, record } = button.dataset;
  button.closest("details")?.removeAttribute("open");
  openInSlider({ placement: Number(placement), ...(record ? { record } : {}) });
});

document.addEventListener("tab-chosen", ({ target: tab }) => {
  const { tabPlacement, record } = tab.dataset;
  const host = document.getElementById(tab.getAttribute("aria-controls")).querySelector("[data-app-place]");
  if (tabPlacement && host && host.childElementCount === 0)
    openInPlace({ placement: Number(tabPlacement), record }, host, "tab");
});

for (const host of document.querySelectorAll("[data-application-page]"))
  openInPlace({ application: Number(host.dataset.applicationPage) }, host, "page");
for (const host of document.querySelectorAll("[data-placement-page]"))
  openInPlace({ placement: Number(host.dataset.placementPage) }, host, "page");
