/** Copies what a button names; says so, or selects it where copying is not allowed. */
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const text = document.querySelector(button.dataset.copy);
  const said = document.querySelector("#said");
  try {
    await navigator.clipboard.writeText(text.textContent);
    said.textContent = "Скопировано";
    button.dataset.copied = "";
    button.querySelector(".copy-word").textContent = "Скопировано";
  } catch {
    getSelection().selectAllChildren(text);
    said.textContent = "Выделено: нажмите Ctrl+C";
  }
});
