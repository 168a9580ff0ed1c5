/** A mistake of whoever types: shown with the usage. */
export class UsageError extends Error {}

export interface Asked {
  readonly command: string;
  readonly ids: readonly string[];
  readonly json: boolean;
  readonly queue?: string | undefined;
  readonly by?: string | undefined;
  readonly confirmedBy?: string | undefined;
  readonly since?: string | undefined;
  readonly service?: string | undefined;
  readonly port?: string | undefined;
  readonly anchors?: string | undefined;
  readonly class?: string | undefined;
}

export interface Answer {
  readonly text: string;
  readonly code: 0 | 1;
}

/** @throws UsageError */
export function fourEyes({ by, confirmedBy }: Asked): { by: string; confirmedBy: string } {
  if (!by || !confirmedBy) throw new UsageError('--by and --confirmed-by are needed: the staff numbers of two different officials');
  return { by, confirmedBy };
}
