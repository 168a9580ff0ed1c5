import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Graph } from './graph';

export const TODAY = '2022-09-26';
export const DISTRICT = '640104';

const unit = (code: string, name: string, kind: string) => ({ id: randomUUID(), code, name, kind, divisionCode: DISTRICT, validFrom: '2020-01-01' });
/** Departments that a case may be referred to: many, because a case goes to each only once at a time. */
export const RECEIVERS = Array.from({ length: 30 }, (_, index) => unit(`XQ-B${index + 1}`, `兴庆区第${index + 1}受转部门`, 'DEPARTMENT'));
export const UNITS = {
  hall: unit('XQ-JDT', '兴庆区群众来访接待大厅', 'PETITION_OFFICE'),
  office: unit('XQ-XLB', '兴庆区信访联席办', 'JOINT_OFFICE'),
  housing: unit('XQ-ZJJ', '兴庆区住房和城乡建设局', 'DEPARTMENT'),
};
type Place = keyof typeof UNITS;

const person = (place: Place, role: string) => ({ place, claims: { sub: randomUUID(), unit: UNITS[place].id, division: DISTRICT, roles: [role], locale: 'zh-CN' } });
export const PEOPLE = {
  admin: person('office', 'ADMIN'),
  clerk: person('hall', 'WINDOW_CLERK'),
  office: person('office', 'JOINT_OFFICE'),
  secondClerk: person('hall', 'WINDOW_CLERK'),
  housing: person('housing', 'UNIT_HANDLER'),
};
export type Person = keyof typeof PEOPLE;

interface Speaking {
  readonly graph: Graph;
  readonly tokens: Readonly<Record<Person, string>>;
  settled(timeoutMs?: number): Promise<void>;
}

/** Divisions, units and officials, known everywhere before anything else begins. */
export async function fillDirectory({ graph, tokens, settled }: Speaking): Promise<void> {
  const put = async (name: string, rows: readonly object[]): Promise<void> => {
    const query = `mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { put: ${name}(input: $input) { ... on PutDirectoryPayload { created } ... on DirectoryRefusal { code message } } }`;
    const { put: answer } = await graph.query<{ put: { created?: number } }>({ token: tokens.admin, query, variables: { input: { idempotencyKey: randomUUID(), rows } } });
    if (answer.created !== rows.length) throw new Error(`${name}: ${JSON.stringify(answer)}`);
  };
  await put('putDivisions', [{ code: '640000', name: '宁夏回族自治区' }, { code: '640100', name: '银川市', parentCode: '640000' }, { code: DISTRICT, name: '兴庆区', parentCode: '640100' }]);
  await put('putUnits', [...Object.values(UNITS), ...RECEIVERS]);
  await put('putOfficials', Object.entries(PEOPLE).map(([name, { place, claims }], index) => ({ id: claims.sub, staffNo: `F-${index}-${name}`, name: `马某${index}`, unitCode: UNITS[place].code, title: '工作人员', startedOn: '2020-01-01' })));
  await settled();
}

const AT_ONCE = 8;
const REGISTER = `... on RegisterPetitionPayload { case { id version } } ... on PetitionRefusal { code message }`;
const ASSIGN = `... on AssignCasePayload { assignment { id } } ... on ResponsibilityRefusal { code message }`;

interface Call<Input> {
  readonly token: string;
  readonly field: string;
  readonly inputType: string;
  readonly selection: string;
  readonly inputs: readonly Input[];
}

/** One document with the same mutation several times. */
export function manyMutations<Input>({ token, field, inputType, selection, inputs }: Call<Input>) {
  return {
    token,
    query: `mutation (${inputs.map((_, index) => `$i${index}: ${inputType}!`).join(', ')}) { ${inputs.map((_, index) => `r${index}: ${field}(input: $i${index}) { ${selection} }`).join(' ')} }`,
    variables: Object.fromEntries(inputs.map((input, index) => [`i${index}`, input])),
  };
}

/** Eight processes that start at once on two cores need a while. */
const PATIENCE_MS = 60_000;

/** Asks with the same keys until all is answered: on a busy machine the gateway's patience may end before the work does. */
async function insist<Data>({ graph }: Speaking, call: ReturnType<typeof manyMutations>): Promise<Data> {
  for (const end = Date.now() + PATIENCE_MS; ; ) {
    const answer = await graph.ask(call).catch((error: unknown) => error as Error);
    if (!(answer instanceof Error) && !answer.errors && answer.data) return answer.data as Data;
    if (Date.now() > end) throw answer instanceof Error ? answer : new Error(JSON.stringify(answer));
    await sleep(500);
  }
}

/** Cases that the housing bureau leads, known in all services. */
export async function registerCases(system: Speaking, count: number): Promise<string[]> {
  const { tokens, settled } = system;
  const ids: string[] = [];
  while (ids.length < count) {
    const inputs = Array.from({ length: Math.min(AT_ONCE, count - ids.length) }, () => ({
      idempotencyKey: randomUUID(), channel: 'LETTER', purpose: 'CLAIM', petitionedOn: TODAY, divisionCode: DISTRICT, title: '安置房办证问题',
      summary: '反映安置房交付多年未办理不动产权证。', petitioners: [{ name: '白某某' }],
    }));
    const registered = await insist<Record<string, { case: { id: string; version: number } }>>(system,
      manyMutations({ token: tokens.clerk, field: 'registerPetition', inputType: 'RegisterPetitionInput', selection: REGISTER, inputs }));
    const cases = Object.values(registered).map((answer) => answer.case);
    const assigned = await insist<Record<string, { assignment?: object }>>(system, manyMutations({
      token: tokens.office, field: 'assignCase', inputType: 'AssignCaseInput', selection: ASSIGN,
      inputs: cases.map(({ id, version }) => ({ idempotencyKey: randomUUID(), caseId: id, expectedVersion: version, kind: 'ASSIGN', leadUnitId: UNITS.housing.id, limitOn: '2022-12-20' })),
    }));
    const refused = Object.values(assigned).find((answer) => !answer.assignment);
    if (refused) throw new Error(`a case could not be assigned: ${JSON.stringify(refused)}`);
    ids.push(...cases.map(({ id }) => id));
  }
  await settled(120_000);
  return ids;
}
