/** Narrower pictures keep less room at their edges, px. */
export const NARROW = 480;

/** Room between a picture's edge and its words, px. */
export const edgeOf = (width: number): number => (width < NARROW ? 12 : 16);
