import { isWords } from './words';

export interface StepFact {
  readonly id: string;
  readonly doneOn: string | null;
}
export type StepNo = 'ALREADY_DONE' | 'STEP_OUT_OF_ORDER';

/** 一案一策四步法: steps are done one after the other. `steps` in order. */
export function stepNo(steps: readonly StepFact[], id: string): StepNo | undefined {
  const place = steps.findIndex((step) => step.id === id);
  if (steps[place]?.doneOn) return 'ALREADY_DONE';
  return steps.slice(0, place).some((step) => step.doneOn === null) ? 'STEP_OUT_OF_ORDER' : undefined;
}

/** Up to ten different names; which ones is the office's rule, not ours. */
export function stepNamesFault(names: readonly string[]): 'COUNT_OUT_OF_RANGE' | 'TEXT_LENGTH' | undefined {
  if (names.length > 10 || new Set(names.map((name) => name.trim())).size !== names.length) return 'COUNT_OUT_OF_RANGE';
  return names.every((name) => isWords(name, 2, 100)) ? undefined : 'TEXT_LENGTH';
}
