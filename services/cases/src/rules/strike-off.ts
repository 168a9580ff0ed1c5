export interface EntryState {
  readonly resolvedOn: string | null;
  readonly struckOffOn: string | null;
}
export type StrikeOffNo = 'NOT_RESOLVED' | 'ALREADY_STRUCK_OFF' | 'NOT_STRUCK_OFF' | 'SAME_PERSON';

/** 结案销号 (S1): only what is settled in substance is struck off, quick ones (事由清楚、结果清晰) included. */
export function strikeOffNo(entry: EntryState): StrikeOffNo | undefined {
  if (entry.struckOffOn !== null) return 'ALREADY_STRUCK_OFF';
  return entry.resolvedOn === null ? 'NOT_RESOLVED' : undefined;
}

/** Four eyes: whoever asks does not decide. A refusal needs a second person as much as an approval does. */
export function decisionNo(entry: EntryState, persons: { readonly requestedBy: string; readonly decidedBy: string }): StrikeOffNo | undefined {
  return persons.requestedBy === persons.decidedBy ? 'SAME_PERSON' : strikeOffNo(entry);
}
