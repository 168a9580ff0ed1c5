import type { AccessRule } from '@anjie/service-kit/subgraph';
import type { Persona } from '../world/personas';
import { PLACES } from '../world/places';
import { LINKS, ROWS, type CaseFact, type Facts, type RowFact } from './facts';
import type { SecuritySystem } from '../world/security-system';

/**
 * Who should see what, said again from the brief (§5) and the words of `@access`, without a line of the product's: one function
 * for each rule. Whatever the graph answers is held against this.
 */
export interface Oracle {
  /** @throws RangeError for a type that nobody has written a rule for */
  sees(persona: Persona, type: string, id: string): boolean;
  /** Is an object as it was answered for this persona? Undefined for types that are no rows of anybody's. */
  allows(persona: Persona, object: Readonly<Record<string, unknown>>): boolean | undefined;
  seesCase(persona: Persona, caseId: string): boolean;
  /** How many rows of the type there are, and how many of them the persona should see. */
  count(persona: Persona, type: string): { readonly seen: number; readonly all: number };
  idsOf(type: string): readonly string[];
  readonly types: readonly string[];
}

const prefixOf = (code: string): string => (code.length > 6 ? code : code.replace(/(00){1,2}$/, ''));
const isIn = (code: unknown, office: string): boolean => String(code).startsWith(prefixOf(office));

type Link = ReadonlyMap<string, readonly string[]>;
interface Known {
  readonly facts: Facts;
  readonly links: Readonly<Record<keyof typeof LINKS, Link>>;
}
interface Question extends Known {
  readonly who: Persona;
  readonly row: RowFact;
}

const has = ({ roles }: Persona, ...wanted: string[]): boolean => wanted.some((role) => roles.includes(role));
const unitOf = ({ place }: Persona): string | null => (place ? PLACES[place].id : null);

/** 《信访工作条例》第三十条第三款: kept out in person, with the unit, below it, and through every post but those that ended before the case was filed. */
function isKeptOut({ facts, who }: Pick<Question, 'facts' | 'who'>, one: CaseFact): boolean {
  const posts = (facts.posts.get(who.id) ?? []).filter(({ endedOn }) => endedOn === null || endedOn >= one.registeredOn);
  const units = [...posts.map(({ unit }) => unit), ...(unitOf(who) ? [unitOf(who) as string] : [])];
  const line = units.flatMap((unit) => [...(facts.unitsUpwards.get(unit) ?? [unit])]);
  return one.excluded.has(who.id) || line.some((unit) => one.excluded.has(unit));
}

/** A sealed case is for the staff of exactly the unit that has it; a window has one only until it is transferred. */
function holdsSealed(who: Persona, one: CaseFact): boolean {
  if (one.holder === null || one.holder !== unitOf(who)) return false;
  return has(who, 'UNIT_HANDLER', 'JOINT_OFFICE') || (has(who, 'WINDOW_CLERK') && one.holder === one.registrar);
}

function seesCase({ facts, who }: Pick<Question, 'facts' | 'who'>, one: CaseFact): boolean {
  if (isKeptOut({ facts, who }, one)) return false;
  if (one.isSealed) return holdsSealed(who, one);
  const own = unitOf(who);
  if (one.officials.has(who.id)) return true;
  if (has(who, 'JOINT_OFFICE') && isIn(one.division, who.division)) return true;
  if (has(who, 'UNIT_HANDLER') && own !== null && [...one.units].some((unit) => facts.unitsUpwards.get(unit)?.has(own))) return true;
  return has(who, 'WINDOW_CLERK') && own !== null && one.registrar === own;
}

const caseOf = ({ facts, row }: Question, id: string | null = row.caseId): CaseFact | undefined => (id === null ? undefined : facts.cases.get(id));
const byCase = (asked: Question, id: string | null = asked.row.caseId): boolean => {
  const one = caseOf(asked, id);
  return one !== undefined && seesCase(asked, one);
};
/** What no ground of one's own overcomes: being kept out, and the seal. */
const isOpenBeside = (asked: Question): boolean => {
  const one = caseOf(asked);
  return one !== undefined && !isKeptOut(asked, one) && (!one.isSealed || holdsSealed(asked.who, one));
};
const isOwnUnit = ({ facts, who }: Question, unit: unknown): boolean =>
  unitOf(who) !== null && has(who, 'UNIT_HANDLER', 'JOINT_OFFICE', 'WINDOW_CLERK') && (facts.unitsUpwards.get(String(unit))?.has(String(unitOf(who))) ?? false);
const isOwn = (asked: Question): boolean => asked.row.officials.includes(asked.who.id) || asked.row.units.some((unit) => isOwnUnit(asked, unit));
const isOffice = ({ who, row }: Question): boolean => has(who, 'JOINT_OFFICE') && isIn(row.more['division'], who.division);
/** One's own, or exactly the own unit's, for whoever acts for it: no role, no row. */
const isInInbox = ({ who, row }: Question): boolean =>
  row.officials.includes(who.id) || (has(who, 'UNIT_HANDLER', 'JOINT_OFFICE') && row.more['inboxUnit'] !== null && row.more['inboxUnit'] === unitOf(who));

type Rule = (asked: Question) => boolean;
const CASE: Rule = (asked) => byCase(asked);
const BESIDE_CASE: Rule = (asked) => byCase(asked) || (isOwn(asked) && isOpenBeside(asked));
const OWNER: Rule = ({ who, row }) => row.officials.includes(who.id);

const seesCampaign: Rule = (asked) => {
  const { who, row, links, facts } = asked;
  const below = [...links.above].filter(([, above]) => above.includes(row.id)).map(([id]) => id);
  if (has(who, 'JOINT_OFFICE') && [row.id, ...below].some((id) => isIn(facts.rows.get('Campaign')?.get(id)?.more['division'], who.division))) return true;
  return [row.id, ...below].some((id) => (links.counted.get(id) ?? []).some((caseId) => byCase(asked, caseId)));
};
const seesCluster: Rule = (asked) => isOffice(asked) || isOwn(asked) || (asked.links.members.get(asked.row.id) ?? []).some((caseId) => byCase(asked, caseId));
const seesMeasure: Rule = (asked) => {
  const { who, row, links, facts } = asked;
  if (has(who, 'JOINT_OFFICE') && (isIn(row.more['division'], who.division) || isIn(who.division, String(row.more['division'])))) return true;
  return (links.measures.get(row.id) ?? []).some((id) => {
    const cluster = facts.rows.get('CaseCluster')?.get(id);
    return cluster !== undefined && seesCluster({ ...asked, row: cluster });
  });
};
/** 第十八条第四款: strictly above the unit complained of, and never one of its own. */
const seesComplaint: Rule = (asked) => {
  const { who, row, facts } = asked;
  const [bar, office, one] = [String(row.more['bar']), prefixOf(who.division), caseOf(asked)];
  const isOfAccused = unitOf(who) === row.more['accusedUnitId'] || (facts.unitsUpwards.get(String(unitOf(who)))?.has(String(row.more['accusedUnitId'])) ?? false);
  return has(who, 'JOINT_OFFICE') && one !== undefined && bar.startsWith(office) && (office.length < bar.length || bar.length === 2) && !isKeptOut(asked, one) && !isOfAccused;
};
/** Joint offices, and the office that registered the petition: it answers for what it keeps. */
const seesDataRequest: Rule = (asked) => byCase(asked) && (has(asked.who, 'JOINT_OFFICE') || (has(asked.who, 'UNIT_HANDLER', 'WINDOW_CLERK') && asked.row.more['inboxUnit'] === unitOf(asked.who)));
const seesReminder: Rule = (asked) => {
  const { who, row } = asked;
  if (has(who, 'JOINT_OFFICE') && byCase(asked)) return true;
  if (!isOpenBeside(asked)) return false;
  const isOfDuty = has(who, 'UNIT_HANDLER') && row.more['obligorUnit'] !== null && row.more['obligorUnit'] === unitOf(who) && !['SPONSOR', 'OVERSIGHT_OFFICE'].includes(String(row.more['reason']));
  return isInInbox(asked) || isOfDuty;
};
const seesDigest: Rule = (asked) =>
  isInInbox(asked) && (typeof asked.row.more['caseIds'] === 'string' ? asked.row.more['caseIds'] : '').split(',').some((caseId) => isOpenBeside({ ...asked, row: { ...asked.row, caseId } }));
const seesEndpoint: Rule = ({ who, row }) => has(who, 'ADMIN') || (has(who, 'UNIT_HANDLER') && row.more['endpointUnit'] === unitOf(who));
const seesDelivery: Rule = (asked) => {
  const { row, facts } = asked;
  if (!seesEndpoint(asked)) return false;
  const one = caseOf(asked);
  if (row.caseId === null) return true;
  const line = facts.unitsUpwards.get(String(row.more['endpointUnit'])) ?? new Set<string>();
  return one !== undefined && !one.isSealed && ![...line].some((unit) => one.excluded.has(unit)) && isOpenBeside(asked);
};
/** The receiver waits for delivery, also when the case can be seen otherwise; a joint office watches. */
const seesReferral: Rule = (asked) => {
  const isReceiver = isOwnUnit(asked, asked.row.more['toUnit']);
  const isDelivered = Number(asked.row.more['isDelivered']) === 1;
  return isOpenBeside(asked) && (isOwn(asked) || (isReceiver && isDelivered) || (byCase(asked) && (has(asked.who, 'JOINT_OFFICE') || !isReceiver)));
};

/** What the SDL says of the type (`@access`), and what that means for its rows. */
const RULES: Readonly<Record<string, readonly [said: AccessRule, sees: Rule]>> = {
  ...Object.fromEntries(['Case', 'Petition', 'Claim', 'Assignment', 'Attachment', 'Document', 'ResolutionPlan', 'LedgerEntry', 'StrikeOff', 'CaseMark', 'CoordinationRequest', 'FollowUpVisit'].map((type) => [type, ['CASE', CASE] as const])),
  ...Object.fromEntries(['Sponsorship', 'TaskForce', 'ClosingOpinion', 'Obligation', 'SupervisionLetter', 'CloseReview', 'BackTraceRequest', 'AssistanceApplication'].map((type) => [type, ['BESIDE_CASE', BESIDE_CASE] as const])),
  Referral: ['BESIDE_CASE', seesReferral],
  Campaign: ['OVERSIGHT', seesCampaign], CaseCluster: ['OVERSIGHT', seesCluster], PolicyMeasure: ['OVERSIGHT', seesMeasure], ScreeningBatch: ['OVERSIGHT', isOffice],
  ScreeningCandidate: ['OVERSIGHT', (asked) => isOffice(asked) && byCase(asked)],
  ExchangeExport: ['OWN', OWNER], DirectoryImport: ['OWN', OWNER], ImportRun: ['OWN', (asked) => OWNER(asked) || (has(asked.who, 'JOINT_OFFICE', 'UNIT_HANDLER', 'WINDOW_CLERK') && asked.row.more['inboxUnit'] === unitOf(asked.who))], Reminder: ['OWN', seesReminder], Digest: ['OWN', seesDigest],
  Notification: ['OWN', (asked) => isInInbox(asked) && isOpenBeside(asked)], WebhookEndpoint: ['OWN', seesEndpoint], WebhookDelivery: ['OWN', seesDelivery],
  PortalClient: ['OWN', ({ who }) => has(who, 'ADMIN')],
  // parts of something that have an id, and of which not every one is shown
  RepeatDecision: ['PART', (asked) => byCase(asked) && byCase(asked, String(asked.row.more['otherCaseId']))],
  RetaliationComplaint: ['PART', seesComplaint], DataRequest: ['PART', seesDataRequest],
};

/** Rows that are judged by what they say of themselves. */
const SELF_TOLD: Readonly<Record<string, readonly [said: AccessRule, sees: (known: Known, who: Persona, told: Readonly<Record<string, unknown>>) => boolean]>> = {
  DivisionRollup: ['OVERSIGHT', (_known, who, { divisionCode }) => has(who, 'JOINT_OFFICE') && isIn(divisionCode, who.division)],
  AuditEntry: ['AUDIT', ({ facts }, who, { caseId }) => {
    const one = typeof caseId === 'string' ? facts.cases.get(caseId) : undefined;
    return has(who, 'AUDITOR') && !(one && isKeptOut({ facts, who }, one));
  }],
};
/** What an answer must show of such a row, so that it can be judged. */
export const TELLING: Readonly<Record<string, readonly string[]>> = { DivisionRollup: ['campaignId', 'divisionCode', 'asOf'], AuditEntry: ['id', 'caseId'] };

/** Types whose rows the oracle knows, with the word that it expects in the SDL. */
export const KNOWN_RULES: ReadonlyMap<string, AccessRule> = new Map([...Object.entries(RULES), ...Object.entries(SELF_TOLD)].map(([type, [said]]) => [type, said]));

export async function openOracle(system: SecuritySystem, facts: Facts): Promise<Oracle> {
  const links = Object.fromEntries(await Promise.all(Object.entries(LINKS).map(async ([name, sql]) => [name, linkOf(await system.rows<{ a: string; b: string }>(sql))]))) as Known['links'];
  const known: Known = { facts, links };
  const missing = Object.keys(ROWS).filter((type) => !RULES[type]);
  if (missing.length > 0) throw new RangeError(`no rule for ${missing.join(', ')}`);
  const memo = new Map<string, boolean>();
  const sees = (who: Persona, type: string, id: string): boolean => {
    const rule = RULES[type]?.[1];
    if (!rule) throw new RangeError(`the oracle has no rule for ${type}`);
    const key = `${who.name} ${type} ${id}`;
    const row = facts.rows.get(type)?.get(id);
    // a website is nobody in office: no row is for it
    const answer = memo.get(key) ?? (row !== undefined && !has(who, 'PUBLIC_PORTAL') && rule({ ...known, who, row }));
    memo.set(key, answer);
    return answer;
  };
  const idsOf = (type: string): readonly string[] => [...(facts.rows.get(type)?.keys() ?? [])];
  return {
    allows(who, told) {
      const { __typename: type, id } = told;
      if (typeof type !== 'string' || !KNOWN_RULES.has(type)) return undefined;
      const self = SELF_TOLD[type];
      return self ? self[1](known, who, told) : sees(who, type, String(id));
    },
    sees, idsOf, types: Object.keys(RULES),
    seesCase: (who, caseId) => sees(who, 'Case', caseId),
    count: (who, type) => ({ seen: idsOf(type).filter((id) => sees(who, type, id)).length, all: idsOf(type).length }),
  };
}

function linkOf(rows: readonly { a: string; b: string }[]): Link {
  const found = new Map<string, string[]>();
  for (const { a, b } of rows) found.set(a, [...(found.get(a) ?? []), b]);
  return found;
}
