/**
 * Works on one item after another, on `width()` of them at a time: it is asked again whenever one ends or calls `look`.
 * After the first failure nothing more begins; what is under way is awaited, then that failure is thrown.
 */
export async function inLanes<T>(
  next: () => T | undefined,
  width: () => number,
  work: (item: T, look: () => void) => Promise<void>,
): Promise<void> {
  const underWay = new Set<Promise<void>>();
  const failures: unknown[] = [];
  let look = () => {};
  for (;;) {
    while (failures.length === 0 && underWay.size < width()) {
      const item = next();
      if (item === undefined) break;
      const done: Promise<void> = work(item, () => look())
        .catch((error: unknown) => void failures.push(error))
        .finally(() => underWay.delete(done));
      underWay.add(done);
    }
    if (underWay.size === 0) break;
    const looked = new Promise<void>((resolve) => {
      look = resolve;
    });
    await Promise.race([...underWay, looked]);
  }
  if (failures.length > 0) throw failures[0];
}
