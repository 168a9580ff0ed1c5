import { refuse, type Refusal } from '@anjie/contracts';

/** The fixed life of one kind of service: what each act may start from, and where it leads. */
export interface ServiceLife<State extends string, Act extends string> {
  readonly states: readonly State[];
  readonly acts: Readonly<Record<Act, { readonly from: readonly State[]; readonly to: State }>>;
  /** Of the refusal. */
  readonly basis: string | null;
}

/** The state after the act, or the refusal of an illegal step. */
export function stateAfter<State extends string, Act extends string>({ acts, basis }: ServiceLife<State, Act>, act: Act, from: State): State | Refusal<'ILLEGAL_STATE'> {
  const { from: open, to } = acts[act];
  return open.includes(from) ? to : refuse('ILLEGAL_STATE', '当前状态不能进行此操作。', `It is ${from}; this step starts from ${open.join(' or ')}.`, basis);
}

/** `FROM>TO` of every legal step, for the tables that tests write out by hand. */
export const stepsOf = <State extends string, Act extends string>({ acts }: ServiceLife<State, Act>): string[] =>
  [...new Set(Object.values<{ readonly from: readonly State[]; readonly to: State }>(acts).flatMap(({ from, to }) => from.map((one) => `${one}>${to}`)))].sort();
