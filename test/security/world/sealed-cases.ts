import { markOf, petitionerOf, versionOf } from './known-cases';
import { TODAY } from './ordinary-cases';
import { PERSONAS, type PersonaName } from './personas';
import { PLACES } from './places';
import type { SecuritySystem } from './security-system';

export interface SealedCase {
  readonly no: number;
  readonly id: string;
  readonly petitionId: string;
}
interface Accusing {
  readonly no: number;
  readonly registrar: PersonaName;
  readonly accused: readonly object[];
}

/** An accusation as a window takes it in; what is written in it stands nowhere else. */
export async function accuse(system: SecuritySystem, { no, registrar, accused }: Accusing): Promise<SealedCase> {
  const mark = markOf(no);
  const { case: made, petition } = await system.act(registrar, 'registerPetition', {
    channel: 'LETTER', purpose: 'ACCUSATION', petitionedOn: TODAY, divisionCode: '640104', title: `检举标题${mark}`, summary: `检举概况${mark}`, content: `检举正文${mark}`, claims: [`检举诉求${mark}`],
    contentCategory: 'discipline.corruption', petitioners: [petitionerOf(no)], accused: [...accused, { description: `某站长${mark}` }],
  });
  return { no, id: made?.id ?? '', petitionId: petition?.id ?? '' };
}

export const transfer = async (system: SecuritySystem, one: SealedCase, who: PersonaName = 'windowClerk'): Promise<unknown> =>
  system.act(who, 'transferAccusation', { caseId: one.id, expectedVersion: await versionOf(system, one.id), toUnitId: PLACES.discipline.id, note: `转送附言${markOf(one.no)}` });

/** What follows on an accusation: transfer, progress, a reading, one more petition. */
export async function followOn(system: SecuritySystem, one: SealedCase): Promise<void> {
  await transfer(system, one);
  await system.act('discipline', 'recordAccusationProgress', { caseId: one.id, expectedVersion: await versionOf(system, one.id), stage: 'RECEIVED' });
  await system.act('discipline', 'revealAccusation', { caseId: one.id, reason: '承办人核查线索' });
  await system.settled();
}

/** Sealed cases that are there from the beginning: about the land reserve centre, about the housing bureau, with and without transfer. */
export async function makeSealedCases(system: SecuritySystem): Promise<SealedCase[]> {
  const aboutLand = [{ unitId: PLACES.landReserve.id }];
  const aboutHousing = [{ unitId: PLACES.housing.id }, { officialId: PERSONAS.accusedParent.id }];
  const made = [
    await accuse(system, { no: 901, registrar: 'windowClerk', accused: aboutLand }),
    await accuse(system, { no: 902, registrar: 'windowClerk', accused: aboutHousing }),
    await accuse(system, { no: 903, registrar: 'countyOffice', accused: aboutLand }),
    await accuse(system, { no: 904, registrar: 'supportHandler', accused: aboutHousing }),
    await accuse(system, { no: 905, registrar: 'windowClerk', accused: aboutHousing }),
  ];
  for (const one of made.slice(0, 2)) await transfer(system, one);
  await system.settled();
  return made;
}
