import { refuse, type Refusal } from '@anjie/contracts';

/** A person or body of the directory or a pool, as far as it matters for one case. */
export interface Serving {
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly employerUnitId: string | null;
}

/** 《信访工作条例》第二十八条: whoever has a direct interest stands back. */
export const RECUSAL_BASIS = '《信访工作条例》第二十八条';

export const serves = ({ validFrom, validTo }: Pick<Serving, 'validFrom' | 'validTo'>, on: string): boolean => validFrom <= on && (validTo === null || on <= validTo);

/** Listed, with consent in force on the day, and not employed by a unit of the case. `conflicted` holds the units that handle it, those above and below them, and those complained of. */
export function refusesServing(person: Serving | undefined, { on, conflicted }: { on: string; conflicted: ReadonlySet<string> }): Refusal<'NOT_SERVING' | 'CONFLICT_OF_INTEREST'> | null {
  if (!person || !serves(person, on)) return refuse('NOT_SERVING', '此人不在名录中，或者不在服务期内。', 'This person is not listed, or does not serve on that day.');
  if (person.employerUnitId === null || !conflicted.has(person.employerUnitId)) return null;
  return refuse('CONFLICT_OF_INTEREST', '此人任职于与本信访事项有关的单位，应当回避。', 'This person is employed by a unit that has to do with the case, and stands back.', RECUSAL_BASIS);
}

/** Consent comes first: nobody is listed without it. */
export const refusesListing = ({ consentedOn, validFrom, validTo, today }: { consentedOn: string; validFrom: string; validTo: string | null; today: string }): Refusal<'DATE_INVALID'> | null =>
  consentedOn <= today && consentedOn <= validFrom && (validTo === null || validFrom <= validTo)
    ? null
    : refuse('DATE_INVALID', '须先取得本人同意，服务期自同意之日或者其后开始。', 'Consent comes first; the time of serving begins with it or later.');
