import type { BusinessTime } from '@anjie/service-kit/database';
import type { PetitionOfCase } from '../cases/case-writer';
import type { RegisterPetitionInput } from '../generated/graphql';
import { intakeOf } from '../rules/intake';
import { countOf, peopleOf } from '../rules/intake-people';

/** An acceptable registration as it is written. An anonymous petition stores nobody, whatever was typed. */
export function petitionOf(caseId: string, { input, unitId }: { input: RegisterPetitionInput; unitId: string | null }, time: BusinessTime): PetitionOfCase {
  const people = input.isAnonymous ? [] : peopleOf(input, time.today);
  return {
    caseId, divisionCode: input.divisionCode, registeredOn: time.today, registeredUnitId: unitId, markedAt: time.now,
    petition: {
      channel: input.channel, petitionedOn: input.petitionedOn, title: input.title.trim(), content: input.content ?? null,
      petitionerCount: countOf(input), affectedCount: input.affectedCount ?? null, claims: input.claims ?? [],
      identities: people.map((person) => ({ ...person, isPrincipal: person.role === 'PRINCIPAL' })), intake: intakeOf(input, time.today),
    },
  };
}
