/** A fact about a case that a figure counts from one day on, and no longer from another. */
export interface Countable {
  readonly figure: string;
  readonly subjectId: string;
  readonly fromOn: string;
  readonly untilOn: string | null;
}

/** A ledger that counts the case, from entry to removal. */
export interface LedgerSpan {
  readonly campaignId: string;
  readonly divisionCode: string;
  readonly enteredOn: string;
  readonly removedOn: string | null;
}

/** What was added for one subject in one ledger: enough to take it back exactly. */
export interface CountedSpan extends Countable {
  readonly campaignId: string;
  readonly divisionCode: string;
}

export interface DatedDelta {
  readonly campaignId: string;
  readonly figure: string;
  readonly divisionCode: string;
  readonly on: string;
  readonly delta: number;
}

/** A subject counts in a ledger while both hold: the fact, and the case in the ledger. */
export function countedSpans(subjects: readonly Countable[], ledgers: readonly LedgerSpan[]): CountedSpan[] {
  return subjects.flatMap((subject) =>
    ledgers.flatMap((ledger): CountedSpan[] => {
      const fromOn = subject.fromOn > ledger.enteredOn ? subject.fromOn : ledger.enteredOn;
      const untilOn = earlier(subject.untilOn, ledger.removedOn);
      const isEmpty = untilOn !== null && untilOn <= fromOn;
      return isEmpty ? [] : [{ ...subject, campaignId: ledger.campaignId, divisionCode: ledger.divisionCode, fromOn, untilOn }];
    }));
}

const earlier = (a: string | null, b: string | null): string | null => (a === null ? b : b === null || a < b ? a : b);

export interface SpanChange {
  readonly gone: readonly CountedSpan[];
  readonly added: readonly CountedSpan[];
  readonly deltas: readonly DatedDelta[];
}

/** From what is counted to what should be: spans to forget, spans to keep, and the dated deltas in between. */
export function changeOfSpans(counted: readonly CountedSpan[], wanted: readonly CountedSpan[]): SpanChange {
  const was = new Set(counted.map(spanText));
  const will = new Set(wanted.map(spanText));
  const gone = counted.filter((span) => !will.has(spanText(span)));
  const added = wanted.filter((span) => !was.has(spanText(span)));
  return { gone, added, deltas: [...gone.flatMap((span) => deltasOf(span, -1)), ...added.flatMap((span) => deltasOf(span, 1))] };
}

const spanText = (s: CountedSpan): string => [s.figure, s.subjectId, s.campaignId, s.divisionCode, s.fromOn, s.untilOn].join('|');

function deltasOf(span: CountedSpan, sign: 1 | -1): DatedDelta[] {
  const { campaignId, figure, divisionCode } = span;
  const start = { campaignId, figure, divisionCode, on: span.fromOn, delta: sign };
  return span.untilOn === null ? [start] : [start, { campaignId, figure, divisionCode, on: span.untilOn, delta: -sign }];
}
