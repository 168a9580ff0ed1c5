import type { Candidate } from './assignment';
import { formingObjection, type FormingFacts } from './task-force-forming';

const candidate = (officialId: string): Candidate => ({ officialId, unitId: `unit of ${officialId}`, divisionCode: '640104', unitLine: [`unit of ${officialId}`], divisionCodes: ['640104'] });
const facts = (part: Partial<FormingFacts>): FormingFacts => ({
  today: '2026-06-30', hasTaskForce: false, lastDissolvedOn: null, excluded: new Set(), candidates: new Map(['a', 'b'].map((id) => [id, candidate(id)])),
  reach: { officeDivision: '640104', caseDivision: '640104' }, ...part,
});
const seats = (...ids: string[]) => ids.map((officialId, i) => ({ officialId, duty: i === 0 ? ('LEADER' as const) : ('MEMBER' as const) }));

test.each`
  part                                     | formedOn        | members              | code
  ${{}}                                    | ${'2026-06-30'} | ${seats('a', 'b')}   | ${null}
  ${{ hasTaskForce: true }}                | ${'2026-06-30'} | ${seats('a')}        | ${'ALREADY_FORMED'}
  ${{}}                                    | ${'2026-07-01'} | ${seats('a')}        | ${'DATE_OUT_OF_RANGE'}
  ${{ lastDissolvedOn: '2026-06-01' }}     | ${'2026-05-31'} | ${seats('a')}        | ${'DATE_OUT_OF_RANGE'}
  ${{ lastDissolvedOn: '2026-06-01' }}     | ${'2026-06-01'} | ${seats('a')}        | ${null}
  ${{}}                                    | ${'2026-06-30'} | ${seats()}           | ${'MEMBERS_NOT_FIT'}
  ${{}}                                    | ${'2026-06-30'} | ${seats('a', 'x')}   | ${'OFFICIAL_UNKNOWN'}
  ${{ excluded: new Set(['unit of b']) }}  | ${'2026-06-30'} | ${seats('a', 'b')}   | ${'OFFICIAL_EXCLUDED'}
  ${{ reach: { officeDivision: '640105', caseDivision: '640105' } }} | ${'2026-06-30'} | ${seats('a', 'b')} | ${'NOT_PERMITTED'}
`('a task force formed on $formedOn with $members.length members, $part: $code', ({ part, formedOn, members, code }: { part: Partial<FormingFacts>; formedOn: string; members: ReturnType<typeof seats>; code: string | null }) => {
  expect(formingObjection(facts(part), { formedOn, members })?.code ?? null).toBe(code);
});

test.each`
  level         | office      | code
  ${'CENTRAL'}  | ${'640000'} | ${null}
  ${'CENTRAL'}  | ${'640100'} | ${'LEVEL_NOT_FIT'}
  ${'CITY'}     | ${'640100'} | ${null}
  ${'CITY'}     | ${'640104'} | ${'LEVEL_NOT_FIT'}
  ${'PROVINCE'} | ${null}     | ${'LEVEL_NOT_FIT'}
  ${null}       | ${'640104'} | ${null}
`('a task force of $level, recorded by the office of $office: $code · row 79', ({ level, office, code }: { level: 'CITY' | null; office: string | null; code: string | null }) => {
  expect(formingObjection(facts({ reach: { officeDivision: office, caseDivision: '640104' } }), { formedOn: '2026-06-30', members: seats('a'), level })?.code ?? null).toBe(code);
});

test('a task force ends after it was formed · row 77', () => {
  expect(formingObjection(facts({}), { formedOn: '2026-06-30', members: seats('a'), endsOn: '2026-06-30' })?.code).toBe('DATE_OUT_OF_RANGE');
  expect(formingObjection(facts({}), { formedOn: '2026-06-30', members: seats('a'), endsOn: '2026-12-31' })).toBeNull();
});
