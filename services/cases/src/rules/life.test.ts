import { CASE_STATUSES, ENTRY_GROUNDS, isIllegal, moveBetween, MOVES, moveOf, targetOf, type Act, type CaseStatus } from './life';

/**
 * The legal steps, written from brief §2.2 and the articles by hand; nothing here is taken from the table under test.
 * A star marks a step that the brief's list does not name and the article does.
 */
const LEGAL = `
待登记 RECEIVED → REGISTERED
已登记 REGISTERED → FORWARDED ASSIGNED ACCEPTED NOT_ACCEPTED NO_LONGER_ACCEPTED ROUTED_TO_LEGAL TRANSFERRED
已转送 FORWARDED → ACCEPTED RETURN_REQUESTED JURISDICTION_DISPUTE ROUTED_TO_LEGAL*
已交办 ASSIGNED → ACCEPTED RETURN_REQUESTED JURISDICTION_DISPUTE ROUTED_TO_LEGAL*
已受理 ACCEPTED → HANDLING
不予受理 NOT_ACCEPTED →
不再受理 NO_LONGER_ACCEPTED →
导入法定程序 ROUTED_TO_LEGAL → CLOSE_REVIEW*
移送 TRANSFERRED →
异议退回审查 RETURN_REQUESTED → FORWARDED ASSIGNED ACCEPTED
受理争议协调 JURISDICTION_DISPUTE → ACCEPTED
办理中 HANDLING → EXTENDED REPLIED SETTLED CLOSE_REVIEW*
已延期 EXTENDED → REPLIED SETTLED*
已答复 REPLIED → REVIEW TERMINATED EXECUTING* CLOSE_REVIEW*
调解结案 SETTLED → EXECUTING
复查 REVIEW → REPLIED RE_REVIEW TERMINATED EXECUTING*
执行中 EXECUTING → CLOSE_REVIEW REVIEW*
复核 RE_REVIEW → TERMINATED
程序终结 TERMINATED → ARCHIVED EXECUTING* CLOSE_REVIEW*
结案审核 CLOSE_REVIEW → RESOLVED ARCHIVED HANDLING
化解 RESOLVED → FOLLOW_UP HANDLING*
归档 ARCHIVED → FOLLOW_UP HANDLING*
回访 FOLLOW_UP → HANDLING RESOLVED ARCHIVED
`;

const legal = new Map<string, boolean>();
for (const line of LEGAL.trim().split('\n')) {
  const [before = '', after = ''] = line.split('→').map((part) => part.trim());
  const status = before.split(' ')[1] ?? '';
  for (const target of after.split(' ').filter(Boolean)) legal.set(`${status} ${target.replace('*', '')}`, target.endsWith('*'));
}

const pairs = CASE_STATUSES.flatMap((before) => CASE_STATUSES.map((after) => ({ before, after })));
const acts = [...new Set(MOVES.map((move) => move.act))];

describe('brief §2.2, 《信访工作条例》: every pair of states', () => {
  test('the list written by hand speaks of all 23 states', () => {
    expect(LEGAL.trim().split('\n')).toHaveLength(CASE_STATUSES.length);
  });
  test.each(pairs.filter(({ before, after }) => legal.has(`${before} ${after}`)).map(({ before, after }) => [before, after, ENTRY_GROUNDS[after].basis] as const))(
    'legal: %s → %s (%s)', (before, after) => {
      const move = moveBetween(before, after);
      expect(move).toMatchObject({ from: before, to: after });
      expect(Boolean(move?.added)).toBe(legal.get(`${before} ${after}`));
    },
  );
  test.each(pairs.filter(({ before, after }) => !legal.has(`${before} ${after}`)).map(({ before, after }) => [before, after, ENTRY_GROUNDS[after].basis] as const))(
    'refused: %s → %s (%s)', (before, after, basis) => {
      expect(moveBetween(before, after)).toBeUndefined();
      for (const act of acts.filter((one) => targetOf(one) === after)) {
        const refused = moveOf(before, act);
        expect(isIllegal(refused)).toBe(true);
        expect(refused).toMatchObject({ basis, zh: expect.stringMatching(/^\p{Script=Han}|^化解/u) as string });
      }
    },
  );
});

describe('the table', () => {
  test('reaches every state from 待登记', () => {
    const reached = new Set<CaseStatus>(['RECEIVED']);
    for (let before = 0; before !== reached.size; ) {
      before = reached.size;
      for (const move of MOVES) if (reached.has(move.from)) reached.add(move.to);
    }
    expect([...reached].sort()).toEqual([...CASE_STATUSES].sort());
  });
  test('has one target for each act and no step twice', () => {
    for (const act of acts) expect(new Set(MOVES.filter((move) => move.act === act).map((move) => move.to)).size).toBe(1);
    expect(new Set(MOVES.map((move) => `${move.from} ${move.act}`)).size).toBe(MOVES.length);
  });
  test('names an article for every state', () => {
    for (const { basis } of Object.values(ENTRY_GROUNDS)) expect(basis).toMatch(/^《信访工作条例》第[一二三四五六七八九十百]+条/);
  });
  test.each<[CaseStatus, Act, string]>([
    ['REPLIED', 'REQUEST_RE_REVIEW', '第三十六条第一款'],
    ['EXTENDED', 'EXTEND', '第三十四条'],
    ['ACCEPTED', 'OBJECT', '第二十三条第三款'],
    ['HANDLING', 'REFUSE_ACCEPTANCE', '第十九条第三款'],
    ['TERMINATED', 'RESOLVE', '第二十七条'],
    ['REGISTERED', 'REPLY', '第三十一条、第三十二条'],
  ])('%s cannot be followed by %s: 《信访工作条例》%s', (status, act, article) => {
    expect(moveOf(status, act)).toMatchObject({ illegal: true, basis: `《信访工作条例》${article}` });
  });
});
