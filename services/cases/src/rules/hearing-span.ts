/** A hearing of a re-review as assistance tells it. */
export interface HeardReview {
  readonly noticedOn: string;
  readonly heldOn: string;
  /** The last day. */
  readonly endedOn: string;
}

export interface Span {
  readonly from: string;
  readonly to: string;
}

export interface SpanQuestion {
  readonly heard: HeardReview;
  /** When the re-review was asked for: nothing before it can be left out of its 30 days. */
  readonly requestedOn: string;
  /** Spans on record: what a person wrote down stands. */
  readonly recorded: readonly Span[];
}

/**
 * 听证所需时间 (《信访工作条例》第三十六条第二款): from the notice that the hearing followed to its last day; writing the opinion down is no part
 * of it. Null where nothing is left out: the hearing was before the request, or its days are on record.
 */
export function hearingSpan({ heard, requestedOn, recorded }: SpanQuestion): Span | null {
  const from = heard.noticedOn < requestedOn ? requestedOn : heard.noticedOn;
  const to = heard.endedOn;
  const isOnRecord = recorded.some((one) => from <= one.to && one.from <= to);
  return heard.heldOn < requestedOn || from > to || isOnRecord ? null : { from, to };
}
