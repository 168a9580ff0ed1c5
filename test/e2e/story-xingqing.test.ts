import { eventually } from '@anjie/testing';
import { actingIn, createActs, type Office } from './acts';
import { createGraphClient, runningSystem, settled } from './system';

const system = runningSystem();
const graph = createGraphClient(system);
const { caseNow, register, assign, officeOf } = createActs(system, graph);
let housing: Office;
beforeAll(async () => void (housing = await officeOf('NX-640104-ZJJ', ['UNIT_HANDLER'])));

interface Campaign {
  readonly id: string;
  readonly code: string;
  readonly cohortSize: number;
  readonly targets: { percent: number; minimum: number }[];
}
/** 兴庆区方案: the 95 cases that were assigned from above. */
async function theCampaign(): Promise<Campaign> {
  const { campaigns } = await graph.query<{ campaigns: { nodes: Campaign[] } }>(
    'district-office',
    '{ campaigns(first: 50, filter: { divisionCode: "640104" }) { nodes { id code cohortSize targets { percent minimum } } } }',
  );
  const found = campaigns.nodes.find(({ code }) => code === 'NX-640104-2020');
  if (!found) throw new Error('the demo has no campaign of 兴庆区');
  return found;
}
/** A case of the test's own that the housing bureau leads. */
async function aCase(title: string): Promise<string> {
  const { id } = await register({ title });
  await assign(id, { leadUnitId: housing.unitId, limitOn: '2022-12-20' });
  await settled(system);
  return id;
}

interface Responsibility {
  readonly unit: { id: string };
  readonly role: string;
  readonly placeKind: string | null;
}
const SHARED = 'case { version responsibilities { nodes { unit { id } role placeKind } } }';
const responsibilities = actingIn<{ case: { responsibilities: { nodes: Responsibility[] } } }>(graph, { payload: 'SetResponsibilitiesPayload', refusal: 'ResponsibilityRefusal', fields: SHARED });
const coordination = actingIn<{ request: { id: string; state: string; superior: { code: string } }; case: { responsibilities: { nodes: Responsibility[] } } }>(
  graph, { payload: 'CoordinationPayload', refusal: 'ResponsibilityRefusal', fields: `request { id state superior { code } } ${SHARED}` },
);

test('兴庆: 95 cases, 62 of them to be resolved by the end of 2020 and 81 by the end of 2021 · row 6', async () => {
  expect(await theCampaign()).toMatchObject({ cohortSize: 95, targets: [{ percent: 65, minimum: 62 }, { percent: 85, minimum: 81 }] });
});

test('兴庆: 三跨三分离 is settled by the office above all the places when the lead unit asks; a district does not decide for other counties · row 69', async () => {
  const id = await aCase('跨县安置补偿问题');
  const [residence, household] = [await officeOf('NX-640121-XZ1', ['UNIT_HANDLER']), await officeOf('NX-640221-XZ1', ['UNIT_HANDLER'])];
  const proposal = [
    { unitId: housing.unitId, role: 'RESOLVE', placeKind: 'OCCURRENCE', ground: '事发在兴庆区' }, { unitId: residence.unitId, role: 'ASSIST', placeKind: 'RESIDENCE', ground: '常住地在永宁县' },
    { unitId: household.unitId, role: 'COOPERATE', placeKind: 'HOUSEHOLD', ground: '户籍地在平罗县' },
  ];
  const { version } = await caseNow(id);
  expect(await responsibilities.attempt('district-office', 'setResponsibilities', { caseId: id, expectedVersion: version, responsibilities: proposal })).toMatchObject({ code: 'NOT_PERMITTED' });
  const sees = async () => (await graph.query<{ case: object | null }>(household.head, 'query ($id: ID!) { case(id: $id) { id } }', { id })).case !== null;
  expect(await sees()).toBe(false);
  const { request } = await coordination.done('housing-portal', 'requestCoordination', { caseId: id, proposal, ground: '两地对责任意见不一致' });
  expect(request).toMatchObject({ state: 'OPEN', superior: { code: '640000' } });
  const decided = await coordination.done('province-office', 'decideCoordination', {
    requestId: request.id, expectedVersion: (await caseNow(id)).version, responsibilities: proposal, ground: '会商一致', minutesNumber: '宁信联纪〔2022〕9号',
  });
  expect(decided.request.state).toBe('DECIDED');
  expect(decided.case.responsibilities.nodes.map(({ unit, role, placeKind }) => [unit.id, role, placeKind]).sort())
    .toEqual(proposal.map(({ unitId, role, placeKind }) => [unitId, role, placeKind]).sort());
  expect(await sees()).toBe(true);
}, 180_000);

interface Letter {
  readonly letter: { id: string; version: number; state: string; toOfficial: { id: string } | null; approval: { unit: { name: string } } | null; interview: { heldOn: string; rectification: { state: string; dueOn: string } | null } | null };
}
const letters = actingIn<Letter>(graph, {
  payload: 'SupervisionLetterPayload', refusal: 'SupervisionLetterRefusal',
  fields: 'letter { id version state toOfficial { id } approval { unit { name } } interview { heldOn rectification { state dueOn } } }',
});
/** Which measures of the third rung, 约谈, stand open. */
async function openInterviews(caseId: string): Promise<string[]> {
  const { ladderOf } = await graph.query<{ ladderOf: { rungs: { rung: number; options: { isOpen: boolean; kind: { code: string } }[] }[] } }>(
    'district-office', 'query ($c: ID!, $u: ID!) { ladderOf(caseId: $c, unitId: $u) { rungs { rung options { isOpen kind { code } } } } }', { c: caseId, u: housing.unitId },
  );
  return ladderOf.rungs.filter(({ rung }) => rung === 3).flatMap(({ options }) => options.filter(({ isOpen }) => isOpen).map(({ kind }) => kind.code));
}

test('兴庆: supervised three times without progress, the ladder opens the interview; the discipline organ approves what the office drafted, talks to the head of the unit, and what is agreed becomes a duty · rows 121, 122', async () => {
  const id = await aCase('烂尾楼续建问题');
  const organ = await officeOf('NX-640104-JW', ['UNIT_HANDLER']);
  const letter = { caseId: id, toUnitId: housing.unitId, ground: 'DELAY', body: '请说明拖延原因和下一步措施。' };
  const interview = {
    ...letter, kind: 'DISCIPLINE_INTERVIEW', toOfficialId: housing.head['sub'], approverUnitId: organ.unitId, evidence: '督查记录〔2022〕7号', accountabilityGrounds: ['SHIRKED_OR_LATE'], body: '多次督办仍无进展，约谈主要负责人。',
  };
  for (let times = 0; times < 3; times += 1) {
    expect(await openInterviews(id)).toEqual([]);
    expect(await letters.attempt('district-office', 'issueSupervisionLetter', interview)).toMatchObject({ code: 'RUNG_NOT_OPEN' });
    const { letter: sent } = await letters.done('district-office', 'issueSupervisionLetter', { ...letter, kind: 'SUPERVISION_LETTER' });
    const { letter: replied } = await letters.done('housing-portal', 'replyToSupervisionLetter', { letterId: sent.id, expectedVersion: sent.version, reply: '正在研究。' });
    await letters.done('district-office', 'closeSupervisionLetter', { letterId: sent.id, expectedVersion: replied.version, hasProgress: false });
  }
  expect(await openInterviews(id)).toEqual(['DISCIPLINE_INTERVIEW']);
  const { letter: draft } = await letters.done('district-office', 'issueSupervisionLetter', interview);
  expect(draft.state).toBe('DRAFTED');
  const decision = { letterId: draft.id, expectedVersion: draft.version, decision: 'APPROVE', reference: '纪办〔2022〕5号' };
  expect(await letters.attempt('district-office', 'decideSupervisionLetterDraft', decision)).toMatchObject({ code: 'SAME_PERSON' });
  const { letter: issued } = await letters.done(organ.clerk, 'decideSupervisionLetterDraft', decision);
  expect(issued).toMatchObject({ state: 'ISSUED', toOfficial: { id: housing.head['sub'] }, approval: { unit: { name: expect.stringContaining('纪委监委') as string } } });
  await letters.done(organ.clerk, 'recordInterview', { letterId: issued.id, expectedVersion: issued.version, heldOn: '2022-09-27', record: '该局负责人表示十月下旬前复工。', rectifyBy: '2022-10-21' });
  const { supervisionLetter } = await graph.query<{ supervisionLetter: Letter['letter'] }>(
    'district-office', 'query ($id: ID!) { supervisionLetter(id: $id) { interview { heldOn rectification { state dueOn } } } }', { id: issued.id },
  );
  expect(supervisionLetter.interview).toEqual({ heldOn: '2022-09-27', rectification: { state: 'OPEN', dueOn: '2022-10-21' } });
}, 180_000);

interface Bulletin {
  readonly bulletin: { id: string; version: number; state: string; number: string | null; lines: { totalCount: number; nodes: { name: string; unit: { id: string } | null; figures: { code: string; text: string; formula: string; asOf: string }[] }[] } };
}
const bulletins = actingIn<Bulletin>(graph, {
  payload: 'BulletinPayload', refusal: 'BulletinRefusal', fields: 'bulletin { id version state number lines(first: 100) { totalCount nodes { name unit { id } figures { code text formula asOf } } } }',
});

test('兴庆: the monthly bulletin is counted from the ledger, every unit has its line with zero too, each number its formula and day; published it has a number · row 126', async () => {
  const campaign = await theCampaign();
  await settled(system);
  const { bulletin: draft } = await bulletins.done('district-office', 'draftBulletin', { kind: 'MONTHLY', divisionCode: '640104', campaignId: campaign.id, periodOn: '2022-09-01' });
  expect(draft).toMatchObject({ state: 'DRAFTED', number: null });
  const [total, ...lines] = draft.lines.nodes;
  const text = (line: (typeof lines)[number] | undefined, code: string) => line?.figures.find((one) => one.code === code)?.text;
  const numbers = (code: string) => [total, ...lines].map((line) => Number(text(line, code)));
  const [opening, entered, removed, resolved, relapsed, closing] = ['OPENING_STOCK', 'ENTERED', 'REMOVED', 'RESOLVED', 'RELAPSED', 'CLOSING_STOCK'].map((code) => numbers(code)[0] ?? NaN) as [number, number, number, number, number, number];
  expect([total?.name, entered, closing]).toEqual(['兴庆区', 0, opening + entered - removed - resolved + relapsed]);
  expect(numbers('CLOSING_STOCK').slice(1).reduce((sum, n, i) => (lines[i]?.unit ? sum + n : sum), 0)).toBe(closing);
  const { units } = await graph.query<{ units: { nodes: { id: string }[] } }>('district-office', '{ units(first: 100, filter: { divisionCode: "640104" }) { nodes { id } } }');
  expect(lines.flatMap(({ unit }) => unit?.id ?? []).sort()).toEqual(units.nodes.map(({ id }) => id).sort());
  expect(lines.filter((line) => text(line, 'OPENING_STOCK') === '0' && text(line, 'CLOSING_STOCK') === '0').length).toBeGreaterThan(0);
  expect(draft.lines.nodes.flatMap(({ figures }) => figures).every(({ formula, asOf }) => formula.length > 0 && asOf === '2022-09-27')).toBe(true);
  const { bulletin: published } = await bulletins.done('district-office', 'publishBulletin', { bulletinId: draft.id, expectedVersion: draft.version });
  expect(published).toMatchObject({ state: 'PUBLISHED', lines: { totalCount: draft.lines.totalCount } });
  expect(published.number).toBeTruthy();
  await eventually('it stands with the campaign', async () => {
    const found = await graph.query<{ campaign: { bulletins: { nodes: { id: string; state: string }[] } } }>('district-office', 'query ($id: ID!) { campaign(id: $id) { bulletins { nodes { id state } } } }', { id: campaign.id });
    return found.campaign.bulletins.nodes.some(({ id, state }) => id === draft.id && state === 'PUBLISHED') || undefined;
  });
}, 120_000);
