import { randomUUID } from 'node:crypto';
import { eventually } from '@anjie/testing';
import { markOf, petitionerOf } from '../world/known-cases';
import type { PersonaName } from '../world/personas';
import { bookText } from '../world/read-book';
import { payloadSelection } from '../world/schema';
import type { SecuritySystem } from '../world/security-system';
import type { MaskedCases } from './masked-cases';

type Seen = 'C' | 'M' | 'N' | 'E' | 'R' | '-' | 'X' | '?';
type Record_ = Readonly<Record<string, unknown>>;
const NEUTRAL = '检举控告件';
/** A refusal that says "not there", or that nothing of it is for the one who asks. */
const AS_IF_MISSING = new Set(['NOT_FOUND', 'NOTHING_TO_EXPORT']);

/** What stands behind every item of the table for one persona. */
export async function look(system: SecuritySystem, who: PersonaName, { ordinary, withOrgan, atHall }: MaskedCases): Promise<string> {
  const own = await readMatter(system, who, ordinary);
  const sealed = await readMatter(system, who, withOrgan);
  const waiting = await readMatter(system, who, atHall);
  const act = (mutation: string, input: object, isShown: (shown: Record_) => Seen) => tryTo(system, { who, mutation, input, isShown });
  const [reason, name] = ['联系信访人核实', petitionerOf(ordinary.no).name];
  const items: Seen[] = [
    own.name, own.content, own.title,
    await act('revealPetitioner', { petitionId: ordinary.petitionId, ref: ordinary.petitionerRef, reason }, (shown) => (shown['name'] === name ? 'C' : '?')),
    await act('printDocument', { documentId: ordinary.documentId, reason }, (shown) => (String(shown['html']).includes(name) ? 'C' : '?')),
    await readFile(system, who, ordinary),
    await readExport(system, who, { caseId: ordinary.id, no: ordinary.no, identity: 'MASKED' }),
    await readExport(system, who, { caseId: ordinary.id, no: ordinary.no, identity: 'FULL' }),
    await act('readRetaliationComplaint', { complaintId: ordinary.complaintId, reason }, (shown) => (String(shown['text']).includes('停发') ? 'C' : '?')),
    own.exclusions,
    await act('readDataRequest', { requestId: ordinary.dataRequestId, reason }, (shown) => (String(shown['words']).includes('查看') ? 'C' : '?')),
    sealed.title, sealed.content, sealed.name,
    await act('revealPetitioner', { petitionId: withOrgan.petitionId, ref: withOrgan.petitionerRef, reason }, (shown) => (shown['name'] === petitionerOf(withOrgan.no).name ? 'C' : '?')),
    await act('revealAccusation', { caseId: withOrgan.id, reason }, (shown) => (JSON.stringify(shown).includes(`某站长${markOf(withOrgan.no)}`) ? 'C' : '?')),
    sealed.exclusions,
    waiting.title, waiting.name,
    await act('revealAccusation', { caseId: atHall.id, reason }, (shown) => (JSON.stringify(shown).includes(`某站长${markOf(atHall.no)}`) ? 'C' : '?')),
  ];
  const text = items.join('');
  return `${text.slice(0, 11)} ${text.slice(11, 17)} ${text.slice(17)}`;
}

interface Matter {
  readonly no: number;
  readonly id: string;
  readonly petitionId: string;
}

async function readMatter(system: SecuritySystem, who: PersonaName, { no, id, petitionId }: Matter): Promise<Readonly<Record<'name' | 'content' | 'title' | 'exclusions', Seen>>> {
  const { data, errors } = await system.ask(
    who, `query ($case: ID!, $petition: ID!) { case(id: $case) { title summary exclusions { id } } petition(id: $petition) { content title petitioners { maskedName maskedPhone maskedIdNumber } } }`, { case: id, petition: petitionId },
  );
  if (errors?.some(({ extensions }) => extensions.code === 'FORBIDDEN')) return { name: 'X', content: 'X', title: 'X', exclusions: 'X' };
  const one = data?.['case'] as { title: string; summary: string; exclusions: unknown[] } | null | undefined;
  const petition = data?.['petition'] as { content: string | null; petitioners: Record<'maskedName' | 'maskedPhone' | 'maskedIdNumber', string | null>[] } | null | undefined;
  const clear = petitionerOf(no);
  const [shown] = petition?.petitioners ?? [];
  const isMasked = shown?.maskedName === '甘**' && !shown.maskedPhone?.includes(clear.phone.slice(3, 9)) && shown.maskedPhone?.includes('*') && shown.maskedIdNumber?.includes('*') && !shown.maskedIdNumber.includes(clear.idNumber.slice(3));
  return {
    name: !petition ? '-' : isMasked ? 'M' : shown?.maskedName === clear.name ? 'C' : '?',
    content: !petition ? '-' : petition.content === null ? 'N' : petition.content.includes(markOf(no)) ? 'C' : '?',
    title: !one ? '-' : one.title === NEUTRAL && one.summary === NEUTRAL ? 'N' : one.title.includes(markOf(no)) ? 'C' : '?',
    exclusions: !one ? '-' : one.exclusions.length === 0 ? 'E' : 'C',
  };
}

interface Trying {
  readonly who: PersonaName;
  readonly mutation: string;
  readonly input: object;
  readonly isShown: (shown: Record_) => Seen;
}

/** Everything that the answer may show is asked for. */
const DEEP: Readonly<Record<string, string>> = {
  revealAccusation: '__typename ... on RevealedAccusation { texts { title content claims } accused { description } transferNote } ... on AccusationRefusal { code }',
};

async function tryTo(system: SecuritySystem, { who, mutation, input, isShown }: Trying): Promise<Seen> {
  const type = system.schema.getMutationType()?.getFields()[mutation]?.args[0]?.type.toString() ?? '';
  const selection = DEEP[mutation] ?? payloadSelection(system.schema, mutation);
  const { data, errors } = await system.ask(who, `mutation ($input: ${type}) { done: ${mutation}(input: $input) { ${selection} } }`, { input: { idempotencyKey: randomUUID(), ...input } });
  if (errors?.some(({ extensions }) => extensions.code === 'FORBIDDEN')) return 'X';
  const done = data?.['done'] as (Record_ & { code?: string }) | undefined;
  if (done?.code) return AS_IF_MISSING.has(done.code) ? '-' : 'R';
  return done ? isShown(done) : '?';
}

/** What was shown, for a further step. */
async function tryFor(system: SecuritySystem, trying: Omit<Trying, 'isShown'>): Promise<{ seen: Seen; shown: Record_ }> {
  const kept: Record_[] = [];
  const seen = await tryTo(system, { ...trying, isShown: (shown) => (kept.push(shown) > 0 ? 'C' : '?') });
  return { seen, shown: kept[0] ?? {} };
}

async function readFile(system: SecuritySystem, who: PersonaName, { attachmentId, no }: MaskedCases['ordinary']): Promise<Seen> {
  const { seen, shown } = await tryFor(system, { who, mutation: 'createAttachmentLink', input: { attachmentId } });
  if (seen !== 'C') return seen;
  return (await system.download(who, String(shown['path']))).toString('utf8').includes(markOf(no)) ? 'C' : '?';
}

async function readExport(system: SecuritySystem, who: PersonaName, { caseId, no, identity }: { caseId: string; no: number; identity: 'MASKED' | 'FULL' }): Promise<Seen> {
  const asked = await tryFor(system, { who, mutation: 'exportExchangeRecords', input: { filter: { caseId }, identity, reason: '按季度交换数据' } });
  if (asked.seen !== 'C') return asked.seen;
  const exportId = (asked.shown['export'] as { id: string }).id;
  await eventually('the export is written', async () => (await system.rows("SELECT 1 FROM cases.exchange_exports WHERE id = ? AND state = 'READY'", [exportId])).length > 0, 60_000);
  const linked = await tryFor(system, { who, mutation: 'createExchangeExportLink', input: { exportId } });
  if (linked.seen !== 'C') return linked.seen;
  const text = await bookText(await system.download(who, String(linked.shown['path'])));
  const clear = petitionerOf(no);
  const found = [clear.name, clear.phone, clear.idNumber, clear.address].filter((part) => text.includes(part)).length;
  return found === 4 ? 'C' : found === 0 && text.includes('甘**') ? 'M' : '?';
}
