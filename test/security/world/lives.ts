import { eventually } from '@anjie/testing';
import { COUNTIES, HANDLERS, type CountyName } from './cast';
import { idsOf, markOf, petitionerOf, register, versionOf, type KnownCase } from './known-cases';
import type { PersonaName } from './personas';
import { PLACES, type PlaceName } from './places';
import type { Payload, SecuritySystem } from './security-system';

interface Life {
  readonly county: CountyName;
  readonly lead: PlaceName;
  /** Who reviews the opinion; without one it stands, and a repeat after closing is a relapse. */
  readonly organ?: readonly [PlaceName, PersonaName];
  readonly examiner: PersonaName;
  /** What the second pair of eyes decides. */
  readonly verdict: 'PASS' | 'RETURN';
  /** Nobody comes back with it. */
  readonly staysSettled?: boolean;
}
/** One of an ordinary bureau, one of the unit that accusations are about, one of the next county, and one that is over for good. */
const LIVES: readonly Life[] = [
  { county: 'here', lead: 'housing', organ: ['government', 'governmentHead'], examiner: 'countyOffice', verdict: 'PASS' },
  { county: 'here', lead: 'landReserve', examiner: 'countyOffice', verdict: 'PASS' },
  { county: 'neighbour', lead: 'neighbourBureau', organ: ['neighbourGovernment', 'neighbourGovernmentHead'], examiner: 'neighbourOffice', verdict: 'RETURN' },
  { county: 'here', lead: 'housing', examiner: 'countyOffice', verdict: 'PASS', staysSettled: true },
];
const RE_REVIEW: readonly [PlaceName, PersonaName] = ['cityOffice', 'cityReviewer'];

interface Living extends Life {
  readonly one: KnownCase;
  readonly handler: PersonaName;
  readonly head: PersonaName;
}

export async function assign(system: SecuritySystem, one: KnownCase, { lead, ...part }: { lead: PlaceName } & Readonly<Record<string, unknown>>): Promise<KnownCase> {
  await system.act(COUNTIES[one.county].office, 'assignCase', { caseId: one.id, expectedVersion: await versionOf(system, one.id), kind: 'FORWARD', leadUnitId: PLACES[lead].id, ...part });
  return { ...one, lead };
}

export const step = async (system: SecuritySystem, who: PersonaName, [name, caseId, part]: readonly [name: string, caseId: string, part: object]): Promise<Payload> =>
  system.act(who, name, { caseId, expectedVersion: await versionOf(system, caseId), ...part });

/** Whole lives from registration to relapse, day by day and side by side: every paper, review, end and duty that the law knows. */
export async function liveLives(system: SecuritySystem): Promise<KnownCase[]> {
  await system.moveTo('2022-09-26T10:00:00+08:00');
  const lives: Living[] = [];
  for (const [index, life] of LIVES.entries()) {
    const made = await register(system, { no: index + 1, county: life.county, today: '2022-09-26', part: everything(index + 1) });
    const { handler, head } = HANDLERS[life.lead] ?? { handler: 'admin', head: 'admin' };
    lives.push({ ...life, handler, head, one: await assign(system, made, { lead: life.lead }) });
  }
  await system.settled();
  await accept(system, lives);
  await reply(system, lives);
  await review(system, lives);
  await close(system, lives);
  return lives.map(({ one }) => one);
}

/** Everything that may be written down when a petition comes in. */
const everything = (no: number): object => ({
  contentCategory: 'land.expropriation', cause: { externalCode: '03' }, hotTopic: { externalCode: '12' }, system: { externalCode: 'ZJ' }, externalCategory: { externalCode: '0301' }, addressee: `区长${markOf(no)}`,
  petitioners: [petitionerOf(no), { name: petitionerOf(no + 600).name, role: 'AGENT', isPrincipal: false, authority: { principalOrdinal: 1, scope: ['SUBMIT', 'STATE'], validFrom: '2022-09-01', validTo: '2023-09-01', documentRef: '授权委托书' } }],
});

const each = async <Of extends Living>(lives: readonly Of[], work: (life: Of) => Promise<unknown>): Promise<void> => void (await Promise.all(lives.map(work)));

async function accept(system: SecuritySystem, lives: readonly Living[]): Promise<void> {
  await each(lives, async ({ one, handler }) => {
    await step(system, handler, ['routeCase', one.id, { route: 'ART31_6', ground: `需要调查核实并出具意见${markOf(one.no)}` }]);
    await step(system, handler, ['acceptCase', one.id, { noticeMethod: 'POST' }]);
    await step(system, handler, ['investigateCase', one.id, { note: `现场核查权属资料${markOf(one.no)}` }]);
  });
  await system.moveTo('2022-11-20T09:00:00+08:00');
  await each(lives, ({ one, head }) => step(system, head, ['extendHandling', one.id, { days: 30, reason: `涉及多个部门${markOf(one.no)}`, noticeMethod: 'POST' }]));
}

async function opinionOf(system: SecuritySystem, one: KnownCase, part: object): Promise<object> {
  const claims = await idsOf(system, 'SELECT id FROM cases.claims WHERE case_id = ?', [one.id]);
  return { opinion: { facts: `经调查核实，至今未办理首次登记${markOf(one.no)}`, answers: claims.map((claimId) => ({ claimId, basisDocument: '《不动产登记暂行条例》', basisArticle: '第十四条', ...part })) } };
}

async function deliver(system: SecuritySystem, who: PersonaName, { one, days: [sentOn, receivedOn] }: { one: KnownCase; days: readonly [string, string] }): Promise<void> {
  const [documentId] = await idsOf(system, "SELECT id FROM cases.documents WHERE case_id = ? AND kind LIKE '%OPINION' ORDER BY FIELD(kind, 'RE_REVIEW_OPINION', 'REVIEW_OPINION', 'OPINION') LIMIT 1", [one.id]);
  await step(system, who, ['sendDocument', one.id, { documentId, method: 'POST', sentOn }]);
  const [deliveryId] = await idsOf(system, 'SELECT id FROM cases.deliveries WHERE document_id = ? AND outcome IS NULL', [documentId]);
  await step(system, who, ['proveDelivery', one.id, { deliveryId, outcome: 'SIGNED', receivedOn }]);
}

async function reply(system: SecuritySystem, lives: readonly Living[]): Promise<void> {
  await system.moveTo('2022-12-20T09:00:00+08:00');
  await each(lives, async ({ one, handler }) => step(system, handler, ['replyToCase', one.id, await opinionOf(system, one, {
    result: 'SUPPORTED', answer: `反映情况属实，予以支持${markOf(one.no)}`, promise: `办理首次登记并发证${markOf(one.no)}`, promiseDueOn: '2023-06-30',
  })]));
  await system.moveTo('2022-12-23T09:00:00+08:00');
  await each(lives, ({ one, handler }) => deliver(system, handler, { one, days: ['2022-12-21', '2022-12-23'] }));
}

async function review(system: SecuritySystem, all: readonly Living[]): Promise<void> {
  const lives = all.flatMap((life) => (life.organ ? [{ ...life, organ: life.organ }] : []));
  const upheld = (one: KnownCase) => opinionOf(system, one, { result: 'EXPLAINED', answer: `原意见认定事实清楚，予以维持${markOf(one.no)}` });
  const give = async (one: KnownCase, who: PersonaName): Promise<void> => {
    const [reviewId] = await idsOf(system, 'SELECT id FROM cases.reviews WHERE case_id = ? AND outcome IS NULL', [one.id]);
    await step(system, who, ['giveReviewOpinion', one.id, { reviewId, outcome: 'UPHELD', ...(await upheld(one)) }]);
  };
  await each(lives, async ({ one, county, organ: [place, who] }) => {
    await step(system, COUNTIES[county].office, ['requestReview', one.id, { kind: 'REVIEW', requestedOn: '2022-12-23', organUnitId: PLACES[place].id, reasons: `对处理意见不服${markOf(one.no)}` }]);
    await step(system, who, ['recordHearing', one.id, { from: '2022-12-23', to: '2022-12-23' }]);
    await give(one, who);
  });
  await system.moveTo('2022-12-26T09:00:00+08:00');
  await each(lives, ({ one, organ: [, who] }) => deliver(system, who, { one, days: ['2022-12-24', '2022-12-26'] }));
  await each(lives, async ({ one, county }) => {
    await step(system, COUNTIES[county].office, ['requestReview', one.id, { kind: 'RE_REVIEW', requestedOn: '2022-12-26', organUnitId: PLACES[RE_REVIEW[0]].id }]);
    await give(one, RE_REVIEW[1]);
  });
  await system.moveTo('2022-12-28T09:00:00+08:00');
  await each(lives, ({ one }) => deliver(system, RE_REVIEW[1], { one, days: ['2022-12-27', '2022-12-28'] }));
}

async function close(system: SecuritySystem, lives: readonly Living[]): Promise<void> {
  await each(lives, async ({ one, handler }) => {
    const [executionId] = await idsOf(system, "SELECT id FROM cases.executions WHERE case_id = ? AND state = 'PENDING'", [one.id]);
    await step(system, handler, ['reportExecution', one.id, { executionId, doneOn: '2022-12-28', report: `首次登记已办结，产权证已发放${markOf(one.no)}` }]);
  });
  await system.settled();
  await each(lives, ({ one, head }) => system.act(head, 'signClosingOpinion', { caseId: one.id, isAgreed: true, opinion: `同意报结${markOf(one.no)}`, onReport: '办结报告' }));
  await system.settled();
  await each(lives, ({ one, handler }) => step(system, handler, ['submitClosing', one.id, {
    track: 'SUBSTANTIVE', proposedEnd: 'RESOLVED', evidence: `首次登记已办结，产权证已发放${markOf(one.no)}`,
    reservations: [{ code: 'PETITIONER_DISSATISFIED', reason: `信访人仍不满意${markOf(one.no)}`, plan: `继续做好解释工作${markOf(one.no)}` }],
  }]));
  await system.settled();
  await each(lives, (life) => closeReview(system, life));
  await system.settled();
  const passed = lives.filter(({ verdict }) => verdict === 'PASS');
  await each(passed, async ({ one }) => void (await eventually(`case ${one.no} is resolved`, async () => (await system.rows("SELECT 1 FROM cases.cases WHERE id = ? AND status = 'RESOLVED'", [one.id])).length > 0, 60_000)));
  // a repeat after closing: the back-trace is asked for
  await each(passed.filter(({ staysSettled }) => !staysSettled), ({ one, county }) => register(system, { no: one.no, county, today: '2022-12-28', part: { caseId: one.id } }));
  await system.settled();
}

/** Two reviewers of a file that was handed in. */
export async function closeReview(system: SecuritySystem, { one, examiner, verdict }: Pick<Living, 'one' | 'examiner' | 'verdict'>): Promise<void> {
  const [review] = await system.rows<{ id: string; version: number }>('SELECT id, version FROM supervision.close_reviews WHERE case_id = ?', [one.id]);
  const items = await system.ask(examiner, '{ closeReviewChecklist { code } }');
  const findings = ((items.data?.['closeReviewChecklist'] ?? []) as { code: string }[]).map(({ code }) => ({
    item: code, finding: verdict === 'RETURN' && code === 'MATERIALS_COMPLETE' ? 'NOT_MET' : 'MET', note: `已核对案卷材料${markOf(one.no)}`,
  }));
  const { closeReview: examined } = await system.act(examiner, 'examineCloseReview', { reviewId: review?.id, expectedVersion: Number(review?.version), proposal: verdict, findings });
  await system.act('provinceOffice', 'decideCloseReview', { reviewId: review?.id, expectedVersion: examined?.version, verdict: 'CONFIRM', ...(verdict === 'RETURN' ? { rectifyBy: '2023-01-31' } : {}) });
}
