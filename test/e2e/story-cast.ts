import { personas } from '@anjie/devtools';
import { eventually } from '@anjie/testing';
import { key, settled, type Claims, type createGraphClient, type Persona, type System } from './system';

type Graph = ReturnType<typeof createGraphClient>;
export type Who = Persona | Claims;

/** A mutation of the graph, its payload's node or its refusal. */
export interface Told<Node> {
  readonly node?: Node;
  readonly code?: string;
  readonly message?: string;
  readonly basis?: string | null;
}
interface Form {
  readonly payload: string;
  readonly refusal?: string;
  readonly field: string;
  readonly fields: string;
}
const INPUTS: Readonly<Record<string, string>> = { startInspection: 'MoveInspectionInput' };
const capital = (name: string): string => `${name.charAt(0).toUpperCase()}${name.slice(1)}`;

/** One noun: `ask` gives the answer as it is, `have` what was done, or prints why it was refused. */
export function asking<Node>(graph: Graph, { payload, refusal, field, fields }: Form) {
  const ask = async (who: Who, name: string, input: object): Promise<Told<Node>> => {
    const document = `mutation ($input: ${INPUTS[name] ?? `${capital(name)}Input`}!) { answer: ${name}(input: $input) { ... on ${payload}Payload { node: ${field} { ${fields} } } ... on ${refusal ?? payload}Refusal { code message basis } } }`;
    return (await graph.query<{ answer: Told<Node> }>(who, document, { input: { idempotencyKey: key(), ...input } })).answer;
  };
  const have = async (who: Who, name: string, input: object): Promise<Node> => {
    const told = await ask(who, name, input);
    if (!told.node) throw new Error(`${name} was refused: ${JSON.stringify(told)}`);
    return told.node;
  };
  return { ask, have };
}

/** Somebody of a unit, as an identity provider would tell of them. */
export interface Cast {
  readonly unitId: string;
  readonly people: readonly { readonly id: string; readonly name: string; readonly staffNo: string }[];
  /** @param index the head is 0 */
  as(index: number, ...roles: readonly string[]): Claims;
}

export async function castOf(graph: Graph, code: string): Promise<Cast> {
  const { units } = await graph.query<{ units: { nodes: { id: string; division: { code: string } }[] } }>('district-office', 'query ($code: String!) { units(filter: { search: $code }) { nodes { id division { code } } } }', { code });
  const [unit] = units.nodes;
  if (!unit) throw new Error(`no unit ${code}`);
  const { officials } = await graph.query<{ officials: { nodes: Cast['people'] } }>('district-office', 'query ($id: ID!) { officials(filter: { unitId: $id }) { nodes { id name staffNo } } }', { id: unit.id });
  return {
    unitId: unit.id, people: officials.nodes,
    as: (index, ...roles) => ({ sub: officials.nodes[index]?.id, unit: unit.id, division: unit.division.code, roles, locale: 'zh-CN' }),
  };
}

/** The second pair of hands of 兴庆区's joint office, beside the persona. */
export const deputyOf = (office: Cast): Claims => office.as(office.people[0]?.id === personas['district-office']?.claims.sub ? 1 : 0, 'JOINT_OFFICE');

/** A case of the story's own, which a unit of 兴庆区 leads, and of which all services know. */
export async function caseLedBy(graph: Graph, system: System, { unitId, title }: { readonly unitId: string; readonly title: string }): Promise<string> {
  const { registerPetition } = await graph.query<{ registerPetition: { case: { id: string; version: number } } }>(
    'window-clerk', 'mutation ($input: RegisterPetitionInput!) { registerPetition(input: $input) { ... on RegisterPetitionPayload { case { id version } } ... on PetitionRefusal { code message } } }',
    { input: { idempotencyKey: key(), channel: 'VISIT', purpose: 'CLAIM', petitionedOn: '2022-09-26', divisionCode: '640104', title, summary: `反映${title}，多年未办结。`, petitioners: [{ name: '丁某某', phone: `139${String(Date.now()).slice(-8)}` }], claims: ['尽快办结'] } },
  );
  const { id, version } = registerPetition.case;
  const { assignCase } = await graph.query<{ assignCase: { code?: string; message?: string } }>(
    'district-office', 'mutation ($input: AssignCaseInput!) { assignCase(input: $input) { __typename ... on ResponsibilityRefusal { code message } } }',
    { input: { idempotencyKey: key(), caseId: id, expectedVersion: version, kind: 'ASSIGN', leadUnitId: unitId, limitOn: '2022-12-20' } },
  );
  if (assignCase.code) throw new Error(`not assigned: ${assignCase.code} ${assignCase.message}`);
  await settled(system);
  return id;
}

/** Duties of a case as supervision keeps them, once there is one of this code and state. */
export const dutyIn = (graph: Graph, caseId: string, { dutyCode, state }: { readonly dutyCode: string; readonly state: string }) =>
  eventually(`${dutyCode} is ${state}`, async () => {
    const { obligations } = await graph.query<{ obligations: { nodes: { dueOn: string; obligor: { id: string } }[] } }>(
      'district-office', 'query ($filter: ObligationFilter) { obligations(first: 50, filter: $filter) { nodes { dueOn obligor { ... on Unit { id } ... on Official { id } } } } }', { filter: { caseId, dutyCode, state } },
    );
    return obligations.nodes.length > 0 ? obligations.nodes : undefined;
  });
