/** One thing that is not as it should be. */
export interface Finding {
  /** The rule as a sentence with hyphens. */
  readonly rule: string;
  /** `file:line` from the root of the checkout, where there is one. */
  readonly place: string;
  readonly message: string;
}

export const tell = ({ rule, place, message }: Finding): string => `${place} ${rule}: ${message}`;
