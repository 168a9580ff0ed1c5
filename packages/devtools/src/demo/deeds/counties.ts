import { county, type LIVELY_COUNTIES } from '../divisions';
import type { GraphClient } from '../graph-client';
import { ledgerOf, type LedgerRow } from '../ledger-rows';
import type { KnownCampaigns } from '../load-campaigns';
import { civilAffairs, countyOffice } from '../personas';
import { createRandom } from '../random';
import type { Acts, Part, Thread } from './acts';
import { openLedger, personOf, unitOf, type Ledger, type Scene, type World } from './world';

export type LivelyCounty = (typeof LIVELY_COUNTIES)[number];

interface Place {
  readonly acts: Acts;
  readonly code: string;
  readonly name: string;
  readonly office: string;
  readonly ledger: Ledger;
  /** The case that is still open, and the one that was settled last before September. */
  readonly open: LedgerRow;
  readonly settled: LedgerRow;
}

async function placeIn({ client, known, acts }: { client: GraphClient; known: KnownCampaigns; acts: Acts }, code: string): Promise<Place> {
  const rows = ledgerOf(code);
  const open = rows.find(({ resolvedOn }) => resolvedOn === null);
  const [settled] = rows.filter(({ resolvedOn }) => resolvedOn !== null && resolvedOn < '2022-09-01').sort((a, b) => ((a.resolvedOn ?? '') < (b.resolvedOn ?? '') ? 1 : -1));
  if (!open || !settled) throw new RangeError(`the ledger of ${code} has no open or no settled case`);
  return { acts, code, name: county(code).name, office: countyOffice(code), ledger: await openLedger(client, known, code), open, settled };
}

/** A September in another county: a reception with a promise, a visit, aid, and a mediation or a hearing. */
export async function* countyMonth(world: World, code: LivelyCounty): Scene {
  const place = await placeIn(world, code);
  const { acts, office, ledger, open, settled, name } = place;
  const random = createRandom(`deeds/${code}`);
  const caseId = ledger.of(open).id;
  const day = `2022-09-${String(random.int(6, 9)).padStart(2, '0')}`;
  const reception = await acts.begin(office, 'planActivity', {
    kind: 'FIXED_RECEPTION', unitId: unitOf('ZF', code), campaignId: ledger.campaignId, title: `${name}领导接待群众日`, place: `${name}群众来访接待大厅`, plannedOn: day, startsAt: '09:00', endsAt: '11:30',
    participants: [{ officialId: personOf('ZF', random.int(0, 4), code), part: 'LEADER' }], caseIds: [caseId],
  });
  await reception.next(office, 'publishActivity');
  const visit = await acts.begin(office, 'planFollowUpVisit', { caseId: ledger.of(settled).id, kind: 'POST_CLOSE', plannedOn: '2022-09-15' });
  const amount = `${random.int(8, 30) * 100}.00`;
  const aid = await acts.begin(office, 'submitAssistanceApplication', { caseId, kind: 'PETITION_AID', unitId: unitOf('MZJ', code), requestedAmount: amount, need: '家庭基本生活出现暂时困难。' });
  const talk = random.chance(50) ? mediation(place) : hearing(place);
  await talk.next();
  yield;
  await reception.next(office, 'recordActivity', {
    heldOn: day, contactOffered: true, contactAnswer: 'ACCEPTED', outcome: `接待${random.int(3, 8)}批群众，当场答复${random.int(1, 2)}件，其余明确了责任单位和时限。`,
    promises: [{ text: '十月底前提出处理意见并书面答复。', caseId, obligorUnitId: unitOf(open.lead, code), dueOn: '2022-10-31' }],
  });
  await visit.next(office, 'recordFollowUpVisit', { outcome: 'DONE', doneOn: '2022-09-15', place: 'REMOTE', leftToDo: 'NOTHING_LEFT', summary: '“已经落实了。”' });
  await aid.next(civilAffairs(code), 'decideAssistanceApplication', { decision: 'APPROVE', amount });
  await talk.next();
  yield;
  await aid.next(civilAffairs(code), 'recordAssistancePayment', { paidOn: '2022-09-22', evidenceRef: `${code}-2022-09` });
  await acts.begin(office, 'issueSupervisionLetter', { kind: 'URGE_NOTE', caseId, toUnitId: unitOf(open.lead, code), ground: 'DELAY', replyDueOn: '2022-10-11', body: '请于国庆假期后报送化解进展和完成时间。' });
}

/** 人民调解 between people and a private other side, by the township. */
async function* mediation({ acts, code, office, ledger, open }: Place): Scene {
  const told = (side: string): Part => ({ side, answer: 'CONSENTED', answeredOn: '2022-09-05', toldFreeOn: '2022-09-05' });
  const talk: Thread = await acts.begin(office, 'proposeMediation', { caseId: ledger.of(open).id, kind: 'PEOPLES_MEDIATION', mediatorUnitId: unitOf('XZ1', code), dispute: '责任分担和履行期限。' });
  await talk.next(office, 'answerMediation', told('PETITIONER'));
  await talk.next(office, 'answerMediation', told('RESPONDENT'));
  await talk.next(office, 'startMediation');
  yield;
  await talk.next(office, 'concludeMediation', {
    outcome: 'AGREED', agreement: { reference: `人调〔2022〕${code.slice(2)}号`, effectiveOn: '2022-09-14', items: [{ obligorUnitId: unitOf(open.lead, code), promise: '督促按协议约定的期次履行。', dueOn: '2022-10-31' }] },
  });
}

/** 听证会 before officials who have nothing to do with the case. */
async function* hearing({ acts, code, office, ledger, open }: Place): Scene {
  const talk = await acts.begin(office, 'openHearing', { caseId: ledger.of(open).id, kind: 'HEARING', trigger: 'UNCLEAR_LAW_OR_FACTS', isRequested: true, subject: '事实认定和责任单位。' });
  await talk.next(office, 'answerHearing', { answer: 'CONSENTED', answeredOn: '2022-09-05' });
  await talk.next(office, 'noticeHearing', {
    scheduledOn: '2022-09-14', place: '信访联席办听证室', panel: [{ isChair: true, officialId: personOf('XLB', 0, code) }, { isChair: false, officialId: personOf('ZF', 3, code) }, { isChair: false, officialId: personOf('JW', 0, code) }],
  });
  yield;
  await talk.next(office, 'holdHearing', { heldOn: '2022-09-14' });
  await talk.next(office, 'concludeHearing', { opinion: 'SUPPORTED', suggestion: 'SETTLE', opinionText: '主要事实清楚，建议责任单位与群众协商解决。', minutesRef: `听证笔录〔2022〕${code.slice(2)}号` });
}
