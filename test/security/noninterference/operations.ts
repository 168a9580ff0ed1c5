import { getNamedType, getNullableType, isEnumType, isInputObjectType, isListType, isNonNullType, isScalarType, type GraphQLInputType, type GraphQLSchema } from 'graphql';
import type { Random } from '../../faults/harness/random';
import { documentOf, operationOf, plant, variablesIn, type Probe } from '../paths/documents';
import type { Graph, Hop } from '../paths/hops';
import { doorsOf, listsOf } from '../paths/enumerate';
import type { Samples } from '../paths/samples';
import { petitionerOf, markOf } from '../world/known-cases';
import { PERSONAS, type PersonaName } from '../world/personas';
import { DIVISIONS } from '../world/places';

/** One question of somebody's; `GUESS` in it stands for an id that somebody guessed or was told. */
export interface Operation {
  readonly who: PersonaName;
  readonly kind: string;
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}
/** Ids of the sealed case, its petition, its petitioner: nobody's before it is there. */
export const GUESSES = ['GUESS-CASE', 'GUESS-PETITION', 'GUESS-PETITIONER', 'GUESS-OBLIGATION', 'GUESS-NOTIFICATION'] as const;

export interface Drawing {
  readonly schema: GraphQLSchema;
  readonly graph: Graph;
  readonly samples: Samples;
  readonly random: Random;
  /** Ids of rows of all kinds, seen or not. */
  readonly pool: readonly string[];
  readonly deep: ReadonlyMap<string, readonly Probe[]>;
  /** The number of the case that will be sealed: what is written in it is searched for before it is there. */
  readonly sealedNo: number;
}

const WORDS = ['安置房', '办证', '检举', '反映', '不动产权证', '甘棠', '干部', '土地', '民政局', '兴庆区', 'SEC'];

/** Questions of every kind that the graph can answer, drawn; the same seed draws the same ones. */
export function drawOperation(drawing: Drawing, who: PersonaName): Operation {
  const { random } = drawing;
  const draw = random.pick(WEIGHTED);
  return { who, ...draw(drawing, who) };
}

type Drawn = Omit<Operation, 'who'>;
type Draw = (drawing: Drawing, who: PersonaName) => Drawn;

const drawList: Draw = ({ schema, graph, random, pool, sealedNo }, who) => {
  const hop = random.pick(listsOf(graph));
  const given = hop.args.flatMap(({ name }) => {
    const type = schema.getQueryType()?.getFields()[hop.field]?.args.find((arg) => arg.name === name)?.type;
    if (!type || name === 'after') return [];
    if (name === 'first') return [`first: ${random.pick([1, 3, 20])}`];
    return random.chance(60) ? [`${name}: ${valueText(type, { random, pool, who, sealedNo, name })}`] : [];
  });
  const leaves = graph.leavesOf(hop.target).join(' ');
  return { kind: 'list', query: `{ ${hop.field}${given.length > 0 ? `(${given.join(', ')})` : ''} { totalCount pageInfo { endCursor hasNextPage } nodes { __typename ${leaves} } } }` };
};

interface ValueContext extends Pick<Drawing, 'random' | 'pool' | 'sealedNo'> {
  readonly who: PersonaName;
  readonly name: string;
}

/** A value of an input type, as it stands in a document. */
function valueText(type: GraphQLInputType, context: ValueContext): string {
  const { random } = context;
  if (isListType(getNullableType(type))) return `[${valueText(getNamedType(type), context)}]`;
  const named = getNamedType(type);
  if (isEnumType(named)) return random.pick(named.getValues()).name;
  if (isInputObjectType(named)) {
    const fields = Object.values(named.getFields()).filter((field) => isNonNullType(field.type) || random.chance(35));
    return `{ ${fields.map((field) => `${field.name}: ${valueText(field.type, { ...context, name: field.name })}`).join(', ')} }`;
  }
  return isScalarType(named) ? scalarText(named.name, context) : 'null';
}

function scalarText(type: string, { random, pool, who, name, sealedNo }: ValueContext): string {
  if (type === 'Boolean') return random.pick(['true', 'false']);
  if (type === 'Int') return String(random.int(1, 3));
  if (/Date/.test(type)) return `"2022-12-${String(random.int(20, 31))}"`;
  if (/divisionCode|parent$/i.test(name)) return `"${random.chance(50) ? PERSONAS[who].division : random.pick(DIVISIONS).code}"`;
  if (type === 'ID') return `"${random.pick([random.pick(pool), random.pick(pool), random.pick(GUESSES)])}"`;
  if (name === 'search') return `"${random.pick([...WORDS, markOf(sealedNo), `检举标题${markOf(sealedNo)}`])}"`;
  return `"${random.pick(['T4', 'T8', 'CASE_ASSIGNED', 'LETTER_ISSUED', 'construction.housing', 'discipline.corruption'])}"`;
}

const drawDoor: Draw = ({ graph, random, pool }) => {
  const hop: Hop = random.pick(doorsOf(graph));
  const id = random.pick([random.pick(pool), random.pick(GUESSES)]);
  return { kind: 'by id', query: `{ ${hop.field}(id: "${id}") { __typename ${graph.leavesOf(hop.target).join(' ')} } }` };
};

const drawOwn: Draw = ({ graph, random, samples }, who) => {
  const doors = doorsOf(graph).filter((hop) => samples.idsFor(PERSONAS[who], hop.target).seen.length > 0);
  const hop = random.pick(doors.length > 0 ? doors : doorsOf(graph));
  const id = random.pick(samples.idsFor(PERSONAS[who], hop.target).seen.length > 0 ? samples.idsFor(PERSONAS[who], hop.target).seen : ['GUESS-CASE']);
  const below = random.shuffle(graph.hopsFrom(hop.target).filter((next) => next.args.every(({ isRequired }) => !isRequired))).slice(0, 4);
  const trees = plant(below.map((next) => ({ path: [hop, next], root: { text: `(id: "${id}")`, row: undefined }, asked: 'ALL' as const })), () => '');
  return { kind: 'own row', query: trees.length > 0 ? documentOf(graph, trees) : `{ ${hop.field}(id: "${id}") { __typename } }` };
};

const drawDeep: Draw = ({ graph, random, samples, deep }, who) => {
  const probes = deep.get(who) ?? [];
  if (probes.length === 0) return { kind: 'deep', query: '{ me { id name } }' };
  const text = documentOf(graph, plant([random.pick(probes)], samples.argumentsOf));
  const given = variablesIn(text).map((name) => [name, samples.valueOf(PERSONAS[who], name).value]);
  return { kind: 'deep', query: operationOf(text, samples.typeOf), variables: Object.fromEntries(given) as Record<string, string> };
};

const figureOf = (field: string): string => `${field} { value formula asOf }`;
const drawFigures: Draw = ({ random, samples }, who) => {
  const campaign = random.pick([...samples.idsFor(PERSONAS[who], 'Campaign').seen, ...samples.idsFor(PERSONAS[who], 'Campaign').hidden]);
  const code = random.pick(DIVISIONS).code;
  return random.pick<Drawn>([
    { kind: 'figures', query: `{ divisionRollup(campaignId: "${campaign}", divisionCode: "${code}") { ${['stock', 'resolved', 'openStock', 'overdueObligations', 'openObligations', 'referralsOpen', 'sponsoredCases', 'fourOnesComplete'].map(figureOf).join(' ')} } }` },
    { kind: 'figures', query: `{ campaign(id: "${campaign}") { cohortSize targets { progress { ${figureOf('denominator')} rate } } ledger(first: 3) { totalCount } flow(from: "2022-01-01") { ${figureOf('closing')} } } }` },
    { kind: 'changes', query: `{ campaign(id: "${campaign}") { ${['case', 'sponsorship', 'supervision', 'assistance'].map((part) => `${part}FigureChanges(divisionCode: "${code}", first: 50) { endCursor hasMore nodes { figure divisionCode on delta } }`).join(' ')} } }` },
    { kind: 'counts', query: `{ unreadNotificationCount accusationProgress { toTransfer transferred received underReview concluded } ratingFigures(divisionCode: "${code}", from: "2022-01-01", to: "2022-12-31") { handlingUnit { satisfaction { percent numerator denominator } } } }` },
  ]);
};

const drawSearch: Draw = ({ random, sealedNo }) => {
  const word = random.pick([...WORDS, markOf(sealedNo), petitionerOf(sealedNo).name]);
  return random.pick<Drawn>([
    { kind: 'search', query: `{ cases(first: 5, filter: { search: "${word}" }) { totalCount nodes { id number title } } }` },
    { kind: 'search', query: `{ units(first: 5, filter: { search: "${word}" }) { totalCount nodes { id name } } officials(first: 5, filter: { search: "${word}" }) { totalCount nodes { id name } } }` },
  ]);
};

/** Whoever accuses, and what is accused, is told again: does the duplicate search know of it? */
const drawRepeat: Draw = ({ random, sealedNo }) => ({
  kind: 'repeat candidates',
  query: 'query ($input: RepeatCandidatesInput!) { repeatCandidates(input: $input) { score band samePerson similarityPercent case { id number } } }',
  variables: { input: { draft: {
    divisionCode: random.pick(DIVISIONS).code, title: `检举标题${markOf(sealedNo)}`, summary: random.pick([`检举概况${markOf(sealedNo)}`, '反映安置房交付多年未办理不动产权证。']),
    content: `检举正文${markOf(sealedNo)}`, petitioners: [petitionerOf(random.pick([sealedNo, 12, 13, 15]))],
  } } },
});

const drawNotices: Draw = ({ random }) => random.pick<Drawn>([
  { kind: 'notices', query: '{ myNotifications(first: 20) { totalCount nodes { id text occurredAt deliverAt kind { code name } case { id number } } } myDigests(first: 5) { totalCount nodes { id day counts { count kind { code } } } } }' },
  { kind: 'notices', query: '{ myReminders(first: 20) { totalCount nodes { id text dueOn obligation { id dutyCode state } case { id } } } }' },
  { kind: 'webhooks', query: '{ webhookEndpoints(first: 5) { totalCount nodes { id url state deliveries(first: 20) { totalCount nodes { id kind state eventId attempts { number statusCode } } } } } }' },
]);

/** Acts on a row whose id was guessed: what is refused, and how, must not tell whether it is there. */
const ACTS: readonly (readonly [mutation: string, input: Readonly<Record<string, unknown>>])[] = [
  ['revealPetitioner', { petitionId: 'GUESS-PETITION', ref: 'GUESS-PETITIONER', reason: '联系信访人核实' }], ['revealAccusation', { caseId: 'GUESS-CASE', reason: '核查线索情况' }],
  ['transferAccusation', { caseId: 'GUESS-CASE', expectedVersion: 1, toUnitId: 'GUESS-CASE' }], ['recordAccusationProgress', { caseId: 'GUESS-CASE', expectedVersion: 1, stage: 'RECEIVED' }],
  ['acceptCase', { caseId: 'GUESS-CASE', expectedVersion: 1 }], ['investigateCase', { caseId: 'GUESS-CASE', expectedVersion: 1, note: '现场核查' }],
  ['excludeFromCase', { caseId: 'GUESS-CASE', unitId: 'GUESS-CASE', reason: '信访人反映其涉及此事' }], ['sendReferral', { caseId: 'GUESS-CASE', toUnitId: 'GUESS-CASE', purpose: 'RELIEF', request: '请予救助' }],
  ['issueSupervisionLetter', { kind: 'URGE_NOTE', caseId: 'GUESS-CASE', toUnitId: 'GUESS-CASE', ground: 'DELAY', body: '请报告办理情况。' }], ['signClosingOpinion', { caseId: 'GUESS-CASE', isAgreed: true, opinion: '同意' }],
  ['markNotificationsRead', { notificationIds: ['GUESS-NOTIFICATION'] }], ['planFollowUpVisit', { caseId: 'GUESS-CASE', kind: 'OTHER', plannedOn: '2023-01-10' }],
  ['confirmRepeat', { caseId: 'GUESS-CASE', expectedVersion: 1, repeatOfCaseId: 'GUESS-CASE', reason: '同一事项' }], ['setUrgencyColour', { caseId: 'GUESS-CASE', expectedVersion: 1, colour: 'RED', ground: 'HARM', reason: '有隐患', reviewOn: '2023-01-20' }],
];
const drawAct: Draw = ({ random, schema }) => {
  const [mutation, input] = random.pick(ACTS);
  const type = schema.getMutationType()?.getFields()[mutation]?.args[0]?.type.toString() ?? '';
  const members = getNamedType(schema.getMutationType()?.getFields()[mutation]?.type);
  const refusal = members && 'getTypes' in members ? members.getTypes().find(({ name }) => name.endsWith('Refusal'))?.name : undefined;
  return { kind: 'act on a guess', query: `mutation ($input: ${type}) { ${mutation}(input: $input) { __typename ${refusal ? `... on ${refusal} { code message }` : ''} } }`, variables: { input: { idempotencyKey: 'KEY', ...input } } };
};

/** How often each kind is drawn. */
const WEIGHTED: readonly Draw[] = ([[drawList, 24], [drawOwn, 24], [drawDeep, 14], [drawFigures, 6], [drawSearch, 8], [drawNotices, 10], [drawDoor, 6], [drawRepeat, 2], [drawAct, 6]] as const).flatMap(([draw, times]) => Array<Draw>(times).fill(draw));
