/** Whether no step is larger than the one before: only then does one say how much of another has come so far. */
export const narrows = (values: ArrayLike<number>): boolean =>
  Array.from(values).every((value, at, all) => at === 0 || (value || 0) <= (all[at - 1] || 0));
