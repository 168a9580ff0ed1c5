import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { outcomeOf } from '../outcome';
import { holdDown } from '../../faults/harness/probes';
import type { Attack, Group, Row } from './attack';
import { openFront, refusedStart } from './front';
import { internalToken } from './internal-token';
import { claimsOf, type Persona } from './people';
import { mutationText } from './schema-words';
import type { DirectCall } from './doors';
import { key, type World } from './world';

export const SUBGRAPHS = ['cases', 'officials', 'supervision', 'assistance'] as const;
/** Something that each of them answers to a joint office. */
export const FIELD_OF: Readonly<Record<string, string>> = { cases: '{ cases(first: 1) { totalCount } }', officials: '{ me { id } }', supervision: '{ obligations(first: 1) { totalCount } }', assistance: '{ referrals(first: 1) { totalCount } }' };

const directly = (world: World, part: Partial<DirectCall> & { readonly subgraph: string }): Promise<string> =>
  world.direct({ persona: 'office', query: FIELD_OF[part.subgraph] ?? '', ...part }).then(outcomeOf);
/** The same with each subgraph. */
const everywhere = async (world: World, part: (subgraph: string) => Partial<DirectCall>): Promise<string[]> => Promise.all(SUBGRAPHS.map((subgraph) => directly(world, { subgraph, ...part(subgraph) })));
const tokenWorks = async (world: World): Promise<void> => {
  const told = await everywhere(world, () => ({}));
  if (!told.every((one) => one.startsWith('answered'))) throw new Error(told.join());
};
const tokenFor = (world: World, subgraph: string, body: string): string => internalToken(world.system, { who: claimsOf.office, body, audience: subgraph });
const bodyOf = (query: string): string => JSON.stringify({ query, variables: {} });

const ENTITIES = 'query ($r: [_Any!]!) { _entities(representations: $r) { __typename ... on Case { id title } } }';
const STUB = 'query ($r: [_Any!]!) { _entities(representations: $r) { __typename ... on Case { id } } }';
/** What each service adds to a case. */
const ADDED: Readonly<Record<string, string>> = {
  cases: 'number title summary', officials: 'sponsorship { id } taskForce { id }', supervision: 'obligations { totalCount nodes { id } } nextDueOn supervisionLetters { totalCount }', assistance: 'referrals { totalCount nodes { id } } followUpVisits { totalCount }',
};
const referenced = (world: World, persona: Persona, subgraph: string, representations: readonly unknown[], query?: string): Promise<string> =>
  world.direct({ persona, subgraph, query: query ?? `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Case { id ${ADDED[subgraph]} } } }`, variables: { r: representations } }).then(outcomeOf);
const referenceWorks = async (world: World, count = 1): Promise<void> => {
  const told = await referenced(world, 'office', 'cases', Array.from({ length: count }, () => caseOf(world.known.open.caseId)));
  if (!told.startsWith('answered')) throw new Error(told);
};
const caseOf = (id: unknown, more: object = {}) => ({ __typename: 'Case', id, ...more });

/** A way from something that hangs on a case to the case: by id through the gateway, and as a reference to the subgraph itself. */
interface Hop {
  readonly name: string;
  readonly field: string;
  readonly type: string;
  readonly subgraph: string;
  readonly idOf: (world: World) => string;
  readonly outsiders: readonly Persona[];
  readonly insider: Persona;
}
const hop = ({ name, field, type, subgraph, idOf, outsiders, insider }: Hop): Attack => {
  const query = `query ($id: ID!) { x: ${field}(id: $id) { id case { id title summary } } }`;
  return {
    number: 53, name: `a hop to a forbidden case by ${name}`, expected: 'nothing',
    attack: async (world) => (await Promise.all(outsiders.map(async (who) => [
      outcomeOf(await world.ask(who, query, { id: idOf(world) })),
      await referenced(world, who, subgraph, [{ __typename: type, id: idOf(world) }], `query ($r: [_Any!]!) { _entities(representations: $r) { ... on ${type} { id case { id } } } }`),
    ]))).flat(),
    honest: async (world) => {
      const told = outcomeOf(await world.ask(insider, query, { id: idOf(world) }));
      if (!told.includes('"case":{')) throw new Error(`${insider}: ${told}`);
    },
  };
};
const HOPS: readonly Hop[] = [
  { name: 'a referral', field: 'referral', type: 'Referral', subgraph: 'assistance', idOf: (w) => w.known.shunned.referralId, outsiders: ['accused', 'accusedChild', 'sibling', 'otherOffice'], insider: 'housing' },
  { name: 'a petition', field: 'petition', type: 'Petition', subgraph: 'cases', idOf: (w) => w.known.sealed.petitionId, outsiders: ['office', 'province', 'accused', 'clerk'], insider: 'discipline' },
  { name: 'an obligation with its deadlines', field: 'obligation', type: 'Obligation', subgraph: 'supervision', idOf: (w) => w.known.open.obligationId, outsiders: ['sibling', 'accused', 'otherOffice'], insider: 'office' },
  { name: 'a letter', field: 'supervisionLetter', type: 'SupervisionLetter', subgraph: 'supervision', idOf: (w) => w.known.open.letterId, outsiders: ['sibling', 'accused', 'otherOffice'], insider: 'housing' },
  { name: 'a notification', field: 'notification', type: 'Notification', subgraph: 'supervision', idOf: (w) => w.known.open.notificationId, outsiders: ['sibling', 'accused', 'office', 'province'], insider: 'housing' },
  { name: 'an attachment', field: 'attachment', type: 'Attachment', subgraph: 'cases', idOf: (w) => w.known.open.attachmentId, outsiders: ['sibling', 'accused', 'otherOffice'], insider: 'housing' },
  { name: 'a sponsorship', field: 'sponsorship', type: 'Sponsorship', subgraph: 'officials', idOf: (w) => w.known.open.sponsorshipId, outsiders: ['sibling', 'accused', 'otherOffice'], insider: 'sponsor' },
  { name: 'a visit', field: 'followUpVisit', type: 'FollowUpVisit', subgraph: 'assistance', idOf: (w) => w.known.open.visitId, outsiders: ['sibling', 'accused', 'otherOffice'], insider: 'office' },
];

/** What services say to each other, asked for by whoever is none. */
const DOORS = ['/internal/messages', '/internal/known-messages', '/internal/standings', '/internal/portal-register', '/internal/portal-documents', '/internal/portal-uses'];
async function internalDoors(world: World): Promise<string[]> {
  const body = JSON.stringify({ ids: [], officialId: claimsOf.office.sub, stamp: null, sha256: [], keyIds: [], strays: [], faults: [] });
  const ask = (subgraph: string, path: string, token: string | null): Promise<string> => world.direct({ persona: 'office', subgraph, query: '', path, body, token }).then(outcomeOf);
  const all = SUBGRAPHS.flatMap((subgraph) => DOORS.flatMap((path) => [null, world.tokenOf('office'), tokenFor(world, subgraph, body)].map((token) => ask(subgraph, path, token))));
  // the gateway tells there, for a person, what that person sends
  const told = SUBGRAPHS.flatMap((subgraph) => [null, world.tokenOf('office')].map((token) => ask(subgraph, '/internal/free-document', token)));
  return Promise.all([...all, ...told]);
}

/** Asked for what is forbidden and for what never was, byte for byte. */
async function existence(world: World): Promise<string[]> {
  const { open, sealed, shunned } = world.known;
  const never = randomUUID();
  const pairs: readonly (readonly [Persona, string, string])[] = [
    ['accused', 'case', shunned.caseId], ['accused', 'case', sealed.caseId], ['office', 'case', sealed.caseId], ['accused', 'referral', shunned.referralId], ['office', 'petition', sealed.petitionId],
    ['sibling', 'case', open.caseId], ['sibling', 'obligation', open.obligationId], ['sibling', 'supervisionLetter', open.letterId], ['sibling', 'attachment', open.attachmentId], ['sibling', 'sponsorship', open.sponsorshipId],
    ['sibling', 'referral', open.referralId], ['sibling', 'followUpVisit', open.visitId], ['office', 'notification', open.notificationId],
  ];
  const read = ([who, field]: readonly [Persona, string, string], id: string) => world.ask(who, `query ($id: ID!) { ${field}(id: $id) { id } }`, { id });
  const asked = pairs.map(async (pair) => {
    const [there, none] = [await read(pair, pair[2]), await read(pair, never)];
    return there.status === none.status && there.text === none.text ? 'the same' : `${pair.join(' ')}: ${there.text} beside ${none.text}`;
  });
  const act = async (who: Persona, name: string, input: object, id: string) => world.ask(who, mutationText(name), { input: { ...input, idempotencyKey: key(), caseId: id } });
  const acts = (['accused', 'sibling', 'otherOffice', 'plain'] as const).map(async (who) => {
    const [there, none] = [await act(who, 'sendReferral', { toUnitId: claimsOf.receiver.unit, purpose: 'RELIEF', request: '请核查' }, sealed.caseId), await act(who, 'sendReferral', { toUnitId: claimsOf.receiver.unit, purpose: 'RELIEF', request: '请核查' }, never)];
    return there.text === none.text ? 'the same' : `${who} refers: ${there.text} beside ${none.text}`;
  });
  return Promise.all([...asked, ...acts]);
}

/** Partial data while a subgraph is away: what is left shows nothing more. */
async function halfAnswers(world: World): Promise<string[]> {
  const all: string[] = [];
  for (const name of ['supervision', 'officials']) {
    const bringBack = await holdDown(world.system, name);
    const query = 'query ($id: ID!) { case(id: $id) { id title sponsorship { id } obligations { totalCount } } cases(filter: { search: "甘棠" }) { totalCount nodes { id } } }';
    all.push(outcomeOf(await world.ask('accused', query, { id: world.known.sealed.caseId })), outcomeOf(await world.ask('accused', query, { id: world.known.shunned.caseId })));
    await bringBack();
  }
  await world.system.ready();
  world.takeDeaths();
  return all;
}

/** The supergraph with a directive that somebody must enforce and nobody here does. */
async function unknownDirective(world: World): Promise<string> {
  const { root, dir } = world.system.stack.wiring;
  const file = join(dir, 'with-a-directive.graphql');
  const text = readFileSync(join(root, 'gateway/supergraph.graphql'), 'utf8');
  writeFileSync(file, `${text.replace(/^schema\b/m, 'schema @link(url: "https://specs.apollo.dev/authenticated/v0.1", for: SECURITY)')}\ndirective @authenticated on FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM\n`);
  return (await refusedStart(world.system, { ANJIE_SUPERGRAPH_FILE: file })) === undefined ? 'it starts' : 'it does not start';
}

const ROWS: readonly Row[] = [
  { number: 43, name: '_entities through the gateway', expected: 'BAD_USER_INPUT', attack: async (w) => [outcomeOf(await w.ask('accused', ENTITIES, { r: [caseOf(w.known.sealed.caseId)] })), outcomeOf(await w.ask('office', '{ _service { sdl } }'))], honest: tokenWorks },
  { number: 44, name: 'a subgraph without a token', expected: 'UNAUTHENTICATED', attack: async (w) => [...(await everywhere(w, () => ({ token: null }))), ...(await everywhere(w, () => ({ token: null, query: ENTITIES, variables: { r: [caseOf(w.known.open.caseId)] } }))), ...(await everywhere(w, () => ({ token: w.tokenOf('office') })))], honest: tokenWorks },
  { number: 44, name: 'the internal doors of a subgraph: without a token, with the gateway\'s for a person, with a person\'s own', expected: ['UNAUTHENTICATED', 'NOT_FOUND'], attack: internalDoors, honest: tokenWorks },
  { number: 45, name: 'a captured token with another body', expected: 'UNAUTHENTICATED', attack: (w) => everywhere(w, (subgraph) => ({ body: bodyOf('{ __typename }'), query: FIELD_OF[subgraph] ?? '' })), honest: tokenWorks },
  {
    number: 46, name: 'a captured token with its own body, again', expected: 'UNAUTHENTICATED', honest: tokenWorks,
    attack: (w) => Promise.all(SUBGRAPHS.map(async (subgraph) => {
      const token = tokenFor(w, subgraph, bodyOf(FIELD_OF[subgraph] ?? ''));
      await directly(w, { subgraph, token });
      return directly(w, { subgraph, token });
    })),
  },
  { number: 47, name: 'a token for another subgraph', expected: 'UNAUTHENTICATED', attack: async (w) => (await Promise.all(SUBGRAPHS.map((audience) => Promise.all(SUBGRAPHS.filter((one) => one !== audience).map((subgraph) => directly(w, { subgraph, audience })))))).flat(), honest: tokenWorks },
  {
    number: 48, name: 'a token that expired a second ago, lives too long, is forged, or says more', expected: 'UNAUTHENTICATED', honest: tokenWorks,
    async attack(w) {
      const now = Math.floor(Date.now() / 1000);
      const variants = [{ claims: { iat: now - 31, exp: now - 1 } }, { claims: { exp: now + 3_600 } }, { claims: { iat: now + 600, exp: now + 620 } }, { claims: { isAdmin: true } }, { claims: { iss: 'officials' } }, { claims: { iss: '__proto__' } }, { signer: generateKeyPairSync('ed25519').privateKey }];
      return (await Promise.all(variants.map((variant) => everywhere(w, () => variant)))).flat();
    },
  },
  { number: 49, name: 'a reference with fields that its sender made up', expected: 'nothing', attack: async (w) => Promise.all(SUBGRAPHS.flatMap((subgraph) => [w.known.sealed.caseId, w.known.shunned.caseId].map((id) => referenced(w, 'accused', subgraph, [caseOf(id, { isSealed: false, divisionCode: '640104', title: '伪造', parties: [{ id: claimsOf.accused.unit }], registeredBy: { id: claimsOf.accused.unit } })])))), honest: (w) => referenced(w, 'office', 'cases', [caseOf(w.known.open.caseId, { title: '伪造' })]).then((told) => (told.includes('安置房') && !told.includes('伪造') ? told : Promise.reject(new Error(told)))) },
  {
    number: 50, name: 'references of wrong types, with ids that are none', expected: ['nothing', 'BAD_USER_INPUT'], honest: (w) => referenceWorks(w),
    attack: (w) => Promise.all(SUBGRAPHS.flatMap((subgraph) => [caseOf({ $ne: null }), caseOf([w.known.open.caseId]), caseOf('__proto__'), caseOf(null), caseOf(0), caseOf(true), caseOf(''), caseOf("' OR '1'='1"), { __typename: 'Query' }, { __typename: 'Nothing', id: '1' }, { __typename: ['Case'], id: '1' }, { __typename: '__proto__', id: '1' }, { id: w.known.open.caseId }, 'Case', null, [], 1]
      .map((representation) => referenced(w, 'accused', subgraph, [representation], STUB)))),
  },
  { number: 51, name: '5,000 references in one request', expected: 'QUERY_TOO_LARGE', attack: (w) => Promise.all(SUBGRAPHS.map((subgraph) => referenced(w, 'office', subgraph, Array.from({ length: 5_000 }, () => caseOf(w.known.open.caseId))))), honest: (w) => referenceWorks(w, 100) },
  { number: 52, name: 'the SDL of a subgraph: without a token, and with a good one', expected: ['UNAUTHENTICATED', 'nothing', 'BAD_USER_INPUT', 'FORBIDDEN', 'NOT_FOUND'], attack: async (w) => [...(await everywhere(w, () => ({ token: null, query: '{ _service { sdl } }' }))), ...(await everywhere(w, () => ({ query: '{ _service { sdl } }' }))), ...(await everywhere(w, () => ({ query: '{ __schema { types { name } } }' })))], honest: tokenWorks },
  ...HOPS.map(hop),
  {
    number: 54, name: 'a stub that is answered without asking the owner', expected: 'nothing', honest: (w) => referenced(w, 'office', 'supervision', [caseOf(w.known.open.caseId)]).then((told) => told.startsWith('answered') || Promise.reject(new Error(told))),
    // the key itself comes back by itself in federation; everything that a service adds to it asks who looks
    attack: async (w) => [...(await Promise.all(SUBGRAPHS.map((subgraph) => referenced(w, 'accused', subgraph, [caseOf(w.known.sealed.caseId), caseOf(w.known.shunned.caseId)])))), outcomeOf(await w.ask('accused', 'query ($id: ID!) { referral(id: $id) { id case { id } } }', { id: w.known.shunned.referralId }))],
  },
  { number: 55, name: 'null beside an error tells that something is there', expected: 'the same', attack: existence, honest: (w) => w.data('office', 'query ($id: ID!) { case(id: $id) { id title } }', { id: w.known.open.caseId }) },
  { number: 56, name: 'half an answer while a subgraph is down', expected: ['nothing', 'SERVICE_UNAVAILABLE'], isSlow: true, attack: halfAnswers, honest: (w) => w.data('office', 'query ($id: ID!) { case(id: $id) { id obligations { totalCount } } }', { id: w.known.open.caseId }) },
  { number: 57, name: 'a supergraph with a directive that nobody enforces', expected: 'it does not start', isSlow: true, attack: unknownDirective, honest: async (w) => (await openFront(w.system)).stop() },
];

export const FEDERATION_ATTACKS: Group = { letter: 'C', from: 43, to: 57, rows: ROWS };
