/** An expected "no": a value, a member of the mutation's union, never an exception. */
export interface Refusal<Code extends string = string> {
  readonly refused: true;
  readonly code: Code;
  /** Words for a person, zh-CN and en; the resolver picks by the viewer's language. */
  readonly message: { readonly zh: string; readonly en: string };
  /** The article or document that forbids it, where there is one. */
  readonly basis: string | null;
}

// oxlint-disable-next-line eslint/max-params -- reads as a line of a table wherever it stands
export const refuse = <Code extends string>(code: Code, zh: string, en: string, basis: string | null = null): Refusal<Code> => ({
  refused: true,
  code,
  message: { zh, en },
  basis,
});

/** What every ordinary command answers about a sealed case to somebody who sees it; for everybody else the case does not exist. */
export const caseIsSealed = () =>
  refuse('CASE_SEALED', '检举控告件只在保密通道内登记、转送和反馈进度。', 'An accusation is handled in the sealed lane only.', '《信访工作条例》第三十条第三款');

export const isRefusal = (value: unknown): value is Refusal =>
  typeof value === 'object' && value !== null && (value as { refused?: unknown }).refused === true;
