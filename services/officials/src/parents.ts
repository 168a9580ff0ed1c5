import type { DivisionRow } from './divisions/division-repository';

/** What stands behind each GraphQL type: codegen maps type T to TParent. */
export type DivisionParent = DivisionRow;
export interface CaseParent {
  readonly id: string;
}
