export function isFresh(files: { inputs: string[]; stamp: string }): Promise<boolean>;
