/** Only plain addresses: a name before an @ deceives the reader. */
export function toPlainUrl(text: string): URL | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  const plain = url.username === "" && url.password === "" && /^https?:$/.test(url.protocol);
  return plain && !/[\\\s]/.test(text) ? url : null;
}

/** Whether an administrator has named exactly this origin: protocol, host and port. */
export function isConfigured({ origin }: URL, configured: readonly string[]): boolean {
  return configured.some((url) => URL.canParse(url) && new URL(url).origin === origin);
}

/** Enough to recognise it by; a pasted webhook's code must not be repeated. */
export const shown = (text: string): string =>
  text
    .trim()
    .replace(/^([a-z]+:\/\/)?([^/?#]*).*$/is, "$1$2")
    .slice(0, 100);
