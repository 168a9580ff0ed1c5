import { CaseScopeChanged } from '@anjie/contracts';
import { scopeOf, type ScopeFacts } from './scope';

const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const facts: ScopeFacts = {
  caseId: id(0), divisionCode: '640104', status: 'ASSIGNED', isSealed: false, isHard: true, limitOn: '2022-12-31', planOn: null, registeredUnitId: id(1), leadUnitId: id(2), leadSince: '2022-09-27', planSince: null, closedOn: null, reviewerUnitIds: [id(11)],
  supportUnitIds: [id(3), id(4), id(3)], referredUnitIds: [id(5), id(5)], sponsorIds: [id(6), id(6)], taskForceIds: [id(6), id(7)],
  guideUnitIds: [id(8)], assistUnitIds: [id(9), id(9)], cooperateUnitIds: [id(10)], ledgers: [], excluded: [],
};

const NO_HELPERS = { reviewerUnitIds: [], guideUnitIds: [], assistUnitIds: [], cooperateUnitIds: [] };

test('each part stands once, in a fixed order, and the whole is what the contract says', () => {
  const scope = scopeOf(facts);
  expect(scope.parties.map((party) => [party.kind, party.role, Number(party.id.slice(-2))])).toEqual([
    ['UNIT', 'REGISTRAR', 1], ['UNIT', 'LEAD', 2], ['UNIT', 'SUPPORT', 3], ['UNIT', 'SUPPORT', 4], ['UNIT', 'REFERRED', 5],
    ['UNIT', 'REVIEWER', 11], ['UNIT', 'GUIDE', 8], ['UNIT', 'ASSIST', 9], ['UNIT', 'COOPERATE', 10],
    ['OFFICIAL', 'SPONSOR', 6], ['OFFICIAL', 'TASK_FORCE', 6], ['OFFICIAL', 'TASK_FORCE', 7],
  ]);
  expect(CaseScopeChanged.payload.parse(scope)).toEqual(scope);
});

test('a unit with two parts has both: registering and leading are different grounds to see a case', () => {
  const parties = scopeOf({ ...facts, leadUnitId: id(1), supportUnitIds: [], referredUnitIds: [], sponsorIds: [], taskForceIds: [], ...NO_HELPERS }).parties;
  expect(parties.map((party) => party.role)).toEqual(['REGISTRAR', 'LEAD']);
});

test('without a registrar or a lead unit there is no such part', () => {
  expect(scopeOf({ ...facts, registeredUnitId: null, leadUnitId: null, supportUnitIds: [], referredUnitIds: [], sponsorIds: [], taskForceIds: [], ...NO_HELPERS }).parties).toEqual([]);
});

test('《信访工作条例》第三十条第三款: who is excluded stays excluded in every snapshot', () => {
  expect(scopeOf({ ...facts, excluded: [{ kind: 'UNIT', id: id(9) }] }).excluded).toEqual([{ kind: 'UNIT', id: id(9) }]);
});

test('《信访工作条例》第三十条第三款: a sealed case has one party whatever else is recorded, and no ledger counts it', () => {
  const ledgers = [{ campaignId: id(8), divisionCode: '640104', enteredOn: '2022-09-27', removedOn: null }];
  const sealed = (part: Partial<ScopeFacts>) => scopeOf({ ...facts, ledgers, isSealed: true, ...part });
  expect(sealed({ leadUnitId: null }).parties).toEqual([{ kind: 'UNIT', role: 'REGISTRAR', id: id(1) }]);
  expect(sealed({}).parties).toEqual([{ kind: 'UNIT', role: 'LEAD', id: id(2) }]);
  expect([sealed({}).ledgers, sealed({}).isSealed, scopeOf({ ...facts, ledgers }).ledgers]).toEqual([[], true, ledgers]);
});

test('a scope that says nothing of the sealed lane, as before there was one, is open', () => {
  const { isSealed: _unsaid, ...old } = scopeOf(facts);
  expect(CaseScopeChanged.payload.parse(old).isSealed).toBe(false);
});
