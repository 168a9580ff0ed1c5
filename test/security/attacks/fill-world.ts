import { eventually } from '@anjie/testing';
import { closingRow, DISTRICT, morePosts, moreUnits, OTHER_DISTRICT, TODAY, transferRow, units, claimsOf } from './people';
import type { Doors } from './doors';

/** A resident's number with its check character, in all forms that a card may be read in. */
export const idNumber = (serial: number): string => {
  const body = `64010419800615${String(serial).padStart(3, '0')}`;
  const sum = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2].reduce((total, weight, at) => total + weight * Number(body[at]), 0);
  return body + ('10X98765432'[sum % 11] ?? '');
};
/** Words that stand nowhere else: in an answer to somebody outside, in a log or in an error they are a leak. */
export const SECRET = { name: '秘某某', idNumber: idNumber(7), phone: '13800006677', title: '甘棠秘密检举', summary: '甘棠秘密检举概况', content: '甘棠秘密检举正文' };
/** The person who brought the open case. */
export const PETITIONER = { name: '白某某', idNumber: idNumber(3), phone: '13900004455' };

export const petition = (more: object = {}) => ({
  channel: 'LETTER', purpose: 'CLAIM', petitionedOn: TODAY, divisionCode: DISTRICT, title: '安置房办证问题', summary: '反映安置房交付多年未办理不动产权证。', petitioners: [{ name: '白某某' }], ...more,
});
/** What a clerk gets for one. */
export const REGISTERED = 'petition { id number petitioners { ref } } case { id version } receipt { queryCode secret }';
export interface Registered {
  readonly petition: { readonly id: string; readonly number: string; readonly petitioners: readonly { readonly ref: string }[] };
  readonly case: { readonly id: string; readonly version: number };
  readonly receipt: { readonly queryCode: string; readonly secret: string };
}
export const register = (world: Pick<Doors, 'done'>, more: object = {}, who: 'clerk' | 'otherClerk' = 'clerk') => world.done<Registered>(who, 'registerPetition', petition(more), REGISTERED);

/** A case that the housing bureau leads, known everywhere. */
export async function housingCase(world: Doors, more: object = {}, supportUnitIds: readonly string[] = []): Promise<Registered> {
  const made = await register(world, more);
  await world.done('office', 'assignCase', { caseId: made.case.id, expectedVersion: made.case.version, kind: 'ASSIGN', leadUnitId: units.housing.id, supportUnitIds, limitOn: '2022-12-20' });
  await world.settled();
  return made;
}

export const referralInput = (caseId: string, toUnitId: string) => ({ caseId, toUnitId, purpose: 'RELIEF', request: '该户生活困难，请核查并依法给予临时救助。' });
export const refer = async (world: Doors, caseId: string, toUnitId: string): Promise<string> =>
  (await world.done<{ referral: { id: string } }>('housing', 'sendReferral', referralInput(caseId, toUnitId), 'referral { id }')).referral.id;

/** An export that is written, so that nothing of it comes later. */
export async function exportRecords(world: Doors, filter: object): Promise<string> {
  const { export: { id } } = await world.done<{ export: { id: string } }>('office', 'exportExchangeRecords', { filter, identity: 'MASKED', reason: '报送市信访局汇总材料' }, 'export { id }');
  await eventually('the export is ready', async () => (await world.data<{ exchangeExport: { state: string } }>('office', 'query ($id: ID!) { exchangeExport(id: $id) { state } }', { id })).exchangeExport.state === 'READY', 60_000);
  return id;
}

export const PDF = Buffer.from('%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n');
export interface Upload {
  readonly name: string;
  readonly content: Buffer;
  readonly purpose?: string;
}
export const upload = (world: Doors, who: 'housing' | 'office' | 'sibling', { name, content, purpose = 'CASE_ATTACHMENT' }: Upload) =>
  world.send({ url: `${world.front().url}/files?purpose=${purpose}`, body: content, headers: { authorization: `Bearer ${world.tokenOf(who)}`, 'content-type': 'application/octet-stream', 'x-file-name': encodeURIComponent(name) } });

async function fillDirectory(world: Doors): Promise<void> {
  const put = (name: string, rows: readonly object[]) => world.done<{ created: number }>('admin', name, { rows }, 'created changed');
  await put('putDivisions', [{ code: OTHER_DISTRICT, name: '西夏区', parentCode: '640100' }]);
  await put('putUnits', moreUnits());
  await put('putOfficials', morePosts());
  await world.settled();
}

/** A case that everybody may see who has a part, with one of everything that hangs on it. */
async function openCase(world: Doors) {
  const { petition: paper, case: { id }, receipt } = await housingCase(world, { petitioners: [PETITIONER], claims: ['办理不动产权证'] });
  const file = JSON.parse((await upload(world, 'housing', { name: '证.pdf', content: PDF })).text) as { id: string };
  const { attachment } = await world.done<{ attachment: { id: string } }>('housing', 'attachFile', { caseId: id, fileId: file.id, kind: 'MATERIAL', title: '不动产权证' }, 'attachment { id }');
  const { letter } = await world.done<{ letter: { id: string } }>('office', 'issueSupervisionLetter', { kind: 'URGE_NOTE', caseId: id, toUnitId: units.housing.id, ground: 'DELAY', body: '请于期限内报送办理进展。' }, 'letter { id }');
  const { sponsorship } = await world.done<{ sponsorship: { id: string } }>('office', 'sponsorCase', { caseId: id, officialId: claimsOf.sponsor.sub }, 'sponsorship { id }');
  const { followUpVisit: visit } = await world.done<{ followUpVisit: { id: string } }>('office', 'planFollowUpVisit', { caseId: id, kind: 'OTHER', plannedOn: '2022-10-20' }, 'followUpVisit { id }');
  const referralId = await refer(world, id, units.receiver.id);
  await world.settled();
  return { caseId: id, petitionId: paper.id, number: paper.number, ref: paper.petitioners[0]?.ref ?? '', receipt, attachmentId: attachment.id, letterId: letter.id, sponsorshipId: sponsorship.id, visitId: visit.id, referralId };
}

const accusation = { purpose: 'ACCUSATION', title: SECRET.title, summary: SECRET.summary, content: SECRET.content, petitioners: [{ name: SECRET.name, idNumber: SECRET.idNumber, phone: SECRET.phone }], accused: [{ unitId: units.accused.id }] };

/** The accused unit helped in this case and got a referral, before the office learned that it is the one complained of. */
async function shunnedCase(world: Doors) {
  const { petition: paper, case: { id } } = await housingCase(world, { title: '占道经营投诉' }, [units.accused.id]);
  const referralId = await refer(world, id, units.accused.id);
  await world.settled();
  await world.done('office', 'excludeFromCase', { caseId: id, unitId: units.accused.id, reason: '信访人反映其涉及此事' });
  await world.settled();
  return { caseId: id, petitionId: paper.id, referralId };
}

/** A directory of two districts and something of everything: cases open, elsewhere, sealed, and kept from one unit. */
export async function fillWorld(world: Doors) {
  await fillDirectory(world);
  const open = await openCase(world);
  const other = await register(world, { divisionCode: OTHER_DISTRICT, title: '外区供暖问题', summary: '外区居民反映冬季供暖温度不足。' }, 'otherClerk');
  const sealed = await register(world, accusation);
  await world.done('clerk', 'transferAccusation', { caseId: sealed.case.id, expectedVersion: sealed.case.version, toUnitId: units.discipline.id });
  const kept = await register(world, accusation);
  const shunned = await shunnedCase(world);
  await world.done('admin', 'putOfficials', { rows: [transferRow()] });
  await world.done('admin', 'putUnits', { rows: [closingRow()] });
  await world.settled();
  const ids = (one: Registered) => ({ caseId: one.case.id, petitionId: one.petition.id });
  const firstOf = async (who: 'office' | 'housing', list: string): Promise<string> =>
    eventually(`${list} has a row`, async () => (await world.data<{ list: { nodes: { id: string }[] } }>(who, `{ list: ${list} { nodes { id } } }`)).list.nodes[0]?.id);
  return {
    open: { ...open, obligationId: await firstOf('office', `obligations(first: 1, filter: { caseId: "${open.caseId}" })`), notificationId: await firstOf('housing', 'myNotifications(first: 1)') },
    other: ids(other), sealed: ids(sealed), kept: ids(kept), shunned,
  };
}
export type Known = Awaited<ReturnType<typeof fillWorld>>;
