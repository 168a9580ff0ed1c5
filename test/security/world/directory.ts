import { DIVISIONS, PLACES } from './places';
import { MOVED_ON, PERSONAS, type Persona } from './personas';
import type { FaultSystem } from '../../faults/harness/system';

/** Divisions, units and officials with every post that they hold; known in all services. */
export async function fillPlaces(system: Pick<FaultSystem, 'graph' | 'tokens' | 'settled'>): Promise<void> {
  const put = async (name: string, rows: readonly object[]): Promise<void> => {
    const query = `mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { put: ${name}(input: $input) { ... on PutDirectoryPayload { created } ... on DirectoryRefusal { code message } } }`;
    const { put: answer } = await system.graph.query<{ put: { code?: string } }>({ token: system.tokens.admin, query, variables: { input: { idempotencyKey: `security-${name}`, rows } } });
    if (answer.code) throw new Error(`${name}: ${JSON.stringify(answer)}`);
  };
  await put('putDivisions', DIVISIONS);
  await put('putUnits', Object.values(PLACES));
  await put('putOfficials', Object.values(PERSONAS).flatMap(rowsOf));
  await system.settled();
}

/** A website is nobody in office. */
function rowsOf({ id, staffNo, name, title, isHead, place, alsoAt, formerlyAt }: Persona): object[] {
  if (!place) return [];
  const row = { id, staffNo, name: `干部${name}`, title, startedOn: '2020-01-01' };
  return [{ ...row, unitCode: PLACES[place].code, isHead }, ...alsoAt.map((other) => ({ ...row, unitCode: PLACES[other].code, title: '借调', kind: 'SECONDED' })),
    ...(formerlyAt ? [{ ...row, unitCode: PLACES[formerlyAt].code, title: '主持工作', kind: 'ACTING', endsOn: MOVED_ON }] : [])];
}
