/** Asks the portal with JSON; what it could not say becomes a fault in words. */
export async function ask(path, body) {
  try {
    const answer = await fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body ?? {}),
    });
    return await answer.json();
  } catch {
    return { fault: "Портал не отвечает. Проверьте, что он запущен, и попробуйте ещё раз." };
  }
}
