/* Gives the elements of a page in the portal's frame their token, and renews it by the portal's own. */
(() => {
  const page = JSON.parse(document.querySelector("#b24kit-page").textContent);
  const provider = document.querySelector("b24-provider");
  let first = { token: page.token, expiresAt: page.expiresAt };

  /** The provider asks once for the page's token, and later, shortly before its end, for another one. */
  provider.getToken = async () => {
    const given = first;
    first = undefined;
    if (given && Date.parse(given.expiresAt) > Date.now()) return given;
    const auth = await window.b24frame.send("refreshAuth", {});
    if (!auth?.AUTH_ID) return undefined;
    const answer = await fetch("/api/v1/portals/session", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ memberId: page.memberId, authId: auth.AUTH_ID }),
    });
    return answer.ok ? answer.json() : undefined;
  };

  const fit = () =>
    window.b24frame.send("resizeWindow", { width: "100%", height: document.documentElement.scrollHeight });
  if (window.b24frame.framed) new ResizeObserver(fit).observe(document.body);
})();
