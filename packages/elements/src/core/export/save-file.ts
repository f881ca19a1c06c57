/** Offers a blob as a download. Characters that file systems refuse are replaced. */
export function saveFile(content: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name.replace(/[\\/:*?"<>|]+/g, " ").trim();
  link.click();
  // Some browsers begin to read only after the click's task.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
