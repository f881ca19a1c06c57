/* Changes the code of the one-time link for a token of this browser. Nothing is put into cookies, and the code leaves the address. */
(async () => {
  const code = new URLSearchParams(location.search).get("code") ?? "";
  history.replaceState(null, "", location.pathname);
  const answer = await fetch("/demo/session", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ code }),
  }).catch(() => null);
  if (answer?.ok) {
    localStorage.setItem("b24kit-demo-session", await answer.text());
    location.replace("/");
    return;
  }
  document.querySelector("#wait").hidden = true;
  document.querySelector("#refused").hidden = false;
})();
