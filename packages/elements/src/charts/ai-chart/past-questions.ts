const KEY = "b24kit.questions";
const MOST = 12;

/** Questions of this tab, the latest first; a page without storage forgets them. */
export function pastQuestions(): string[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter((one): one is string => typeof one === "string") : [];
  } catch {
    return [];
  }
}

export function rememberQuestion(question: string): void {
  try {
    const others = pastQuestions().filter((one) => one !== question);
    sessionStorage.setItem(KEY, JSON.stringify([question, ...others].slice(0, MOST)));
  } catch {
    // Nothing else depends on it.
  }
}
