import type { UnitMark } from './units';

/** What the words of a case are filled with. Estates, villages and firms are made up or left as 某. */
export interface Scene {
  readonly county: string;
  readonly township: string;
  readonly estate: string;
  readonly village: string;
  readonly households: number;
  readonly since: number;
  /** In 10,000 yuan. */
  readonly amount: number;
}

export type Words = (scene: Scene) => string;

/** A kind of trouble: who answers for it and how people tell it. Titles bear no person's name. */
export interface Plot {
  readonly key: string;
  readonly category: string;
  readonly lead: UnitMark;
  readonly support: readonly UnitMark[];
  readonly titles: readonly Words[];
  readonly facts: readonly Words[];
  readonly asks: readonly Words[];
}
