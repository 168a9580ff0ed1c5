import type { Payload, SecuritySystem } from './security-system';
import { COUNTIES, type CountyName } from './cast';
import type { PlaceName } from './places';

/** A case of the world. Its number stands in all its texts as 〔C0017〕, so that a text tells whose it is. */
export interface KnownCase {
  readonly no: number;
  readonly id: string;
  readonly petitionId: string;
  readonly county: CountyName;
  readonly lead: PlaceName | null;
  readonly receipt: { readonly queryCode: string; readonly secret: string };
}

export const markOf = (no: number): string => `〔C${String(no).padStart(4, '0')}〕`;
export const MARK = /〔C(\d{4})〕/g;

/** Petitioners' identity, as it was given; each can be told from every other. */
export const petitionerOf = (no: number) => ({
  name: `甘棠${String.fromCodePoint(0x4e00 + no)}`, phone: `1540000${String(no).padStart(4, '0')}`, address: `甘棠路${no}号${markOf(no)}`, idKind: 'PASSPORT', idNumber: `GT${String(no).padStart(7, '0')}`,
});

export interface Registering {
  readonly no: number;
  readonly county: CountyName;
  readonly today: string;
  readonly part?: object;
}

export async function register(system: SecuritySystem, { no, county, today, part = {} }: Registering): Promise<KnownCase> {
  const mark = markOf(no);
  const { division, registrar } = COUNTIES[county];
  const done = await system.act(registrar, 'registerPetition', {
    channel: 'LETTER', purpose: 'CLAIM', petitionedOn: today, divisionCode: division, title: `安置房办证问题${mark}`, summary: `反映安置房交付多年未办理不动产权证，${mark}。`, content: `来信正文${mark}`,
    contentCategory: 'construction.housing', petitioners: [petitionerOf(no)], claims: [`请求办理不动产权证${mark}`], ...part,
  });
  const { case: made, petition, receipt } = done as Payload & { receipt: KnownCase['receipt'] };
  return { no, id: made?.id ?? '', petitionId: petition?.id ?? '', county, lead: null, receipt };
}

export const versionOf = async (system: SecuritySystem, caseId: string): Promise<number> =>
  Number((await system.rows<{ version: string }>('SELECT version FROM cases.cases WHERE id = ?', [caseId]))[0]?.version);

/** Ids that a statement of the test's own finds. */
export const idsOf = async (system: SecuritySystem, sql: string, params: readonly unknown[]): Promise<string[]> => (await system.rows<{ id: string }>(sql, params)).map(({ id }) => id);
