/** Says what was done and counts it. */
export type Tell = (line: string) => void;
