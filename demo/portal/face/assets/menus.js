/** The left menu on narrow screens, folding menus that close by themselves, the menu of a list's rows. */

const menuButton = document.querySelector("[data-menu]");
const leftMenu = document.querySelector("#left-menu");

function showLeftMenu(open) {
  leftMenu.classList.toggle("open", open);
  menuButton.setAttribute("aria-expanded", String(open));
  if (open) leftMenu.querySelector("a")?.focus();
}

// A page in a frame of another one has no menu.
menuButton?.addEventListener("click", () =>
  showLeftMenu(menuButton.getAttribute("aria-expanded") !== "true"),
);

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const open of document.querySelectorAll("details:is(.who, .more)[open]")) {
    open.open = false;
    open.querySelector("summary").focus();
  }
  if (leftMenu?.classList.contains("open")) {
    showLeftMenu(false);
    menuButton.focus();
  }
});

document.addEventListener("click", (event) => {
  for (const open of document.querySelectorAll("details:is(.who, .more)[open]"))
    if (!open.contains(event.target)) open.open = false;
  if (!leftMenu?.classList.contains("open")) return;
  if (!leftMenu.contains(event.target) && !menuButton.contains(event.target)) showLeftMenu(false);
});

const rowMenu = document.querySelector("#row-menu");

/** Opens the one menu of all rows at the button of this row. */
function openRowMenu(button) {
  rowMenu.dataset.record = button.dataset.rowMenu;
  for (const item of rowMenu.children) item.dataset.record = button.dataset.rowMenu;
  const { left, bottom, top } = button.getBoundingClientRect();
  rowMenu.showPopover();
  const { offsetWidth, offsetHeight } = rowMenu;
  const below = bottom + 4 + offsetHeight <= innerHeight;
  rowMenu.style.left = `${Math.max(8, Math.min(left, innerWidth - offsetWidth - 8))}px`;
  rowMenu.style.top = `${below ? bottom + 4 : Math.max(8, top - 4 - offsetHeight)}px`;
  rowMenu.opener = button;
  rowMenu.firstElementChild.focus();
}

if (rowMenu) {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-row-menu]");
    if (button) openRowMenu(button);
    else if (event.target.closest("#row-menu [role=menuitem]")) rowMenu.hidePopover();
  });
  rowMenu.addEventListener("toggle", (event) => {
    const { opener } = rowMenu;
    opener?.setAttribute("aria-expanded", String(event.newState === "open"));
    if (
      event.newState === "closed" &&
      (rowMenu.contains(document.activeElement) || document.activeElement === document.body)
    )
      opener?.focus();
  });
  rowMenu.addEventListener("keydown", (event) => {
    const items = [...rowMenu.children];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const at = items.indexOf(document.activeElement);
    const next = step
      ? items[(at + step + items.length) % items.length]
      : { Home: items[0], End: items.at(-1) }[event.key];
    if (event.key === "Tab") rowMenu.hidePopover();
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
}
