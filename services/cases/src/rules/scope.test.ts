import { CaseScopeChanged } from '@anjie/contracts';
import { scopeOf, type ScopeFacts } from './scope';

const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const facts: ScopeFacts = {
  caseId: id(0), divisionCode: '640104', status: 'ASSIGNED', registeredUnitId: id(1), leadUnitId: id(2), leadSince: '2022-09-27', planSince: null,
  supportUnitIds: [id(3), id(4), id(3)], referredUnitIds: [id(5), id(5)], reviewerUnitIds: [], closedOn: null, sponsorIds: [id(6), id(6)], taskForceIds: [id(6), id(7)], ledgers: [], excluded: [],
};

test('each part stands once, in a fixed order, and the whole is what the contract says', () => {
  const scope = scopeOf(facts);
  expect(scope.parties.map((party) => [party.kind, party.role, Number(party.id.slice(-2))])).toEqual([
    ['UNIT', 'REGISTRAR', 1], ['UNIT', 'LEAD', 2], ['UNIT', 'SUPPORT', 3], ['UNIT', 'SUPPORT', 4], ['UNIT', 'REFERRED', 5],
    ['OFFICIAL', 'SPONSOR', 6], ['OFFICIAL', 'TASK_FORCE', 6], ['OFFICIAL', 'TASK_FORCE', 7],
  ]);
  expect(CaseScopeChanged.payload.parse(scope)).toEqual(scope);
});

test('a unit with two parts has both: registering and leading are different grounds to see a case', () => {
  const parties = scopeOf({ ...facts, leadUnitId: id(1), supportUnitIds: [], referredUnitIds: [], sponsorIds: [], taskForceIds: [] }).parties;
  expect(parties.map((party) => party.role)).toEqual(['REGISTRAR', 'LEAD']);
});

test('without a registrar or a lead unit there is no such part', () => {
  expect(scopeOf({ ...facts, registeredUnitId: null, leadUnitId: null, supportUnitIds: [], referredUnitIds: [], sponsorIds: [], taskForceIds: [] }).parties).toEqual([]);
});

test('《信访工作条例》第三十条第三款: who is excluded stays excluded in every snapshot', () => {
  expect(scopeOf({ ...facts, excluded: [{ kind: 'UNIT', id: id(9) }] }).excluded).toEqual([{ kind: 'UNIT', id: id(9) }]);
});
