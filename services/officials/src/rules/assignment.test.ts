import { crewObjection, isPlausibleDay, sponsorshipLevelOf, type Candidate } from './assignment';

const candidate = (part: Partial<Candidate> = {}): Candidate => ({ officialId: 'o', unitId: 'u', divisionCode: '640104', unitLine: ['u', 'above'], ...part });

test.each`
  division          | level
  ${'640000'}       | ${'PROVINCE'}
  ${'640100'}       | ${'CITY'}
  ${'640104'}       | ${'COUNTY'}
  ${'640104100'}    | ${'TOWNSHIP'}
  ${'640104100201'} | ${'TOWNSHIP'}
  ${null}           | ${null}
`('an official whose unit lies in $division sponsors at level $level', ({ division, level }: { division: string | null; level: string | null }) => {
  expect(sponsorshipLevelOf(candidate({ divisionCode: division }))).toBe(level);
});

test.each`
  who                              | excluded     | code
  ${undefined}                     | ${[]}        | ${'OFFICIAL_UNKNOWN'}
  ${candidate({ unitId: null })}   | ${[]}        | ${'OFFICIAL_WITHOUT_POST'}
  ${candidate()}                   | ${['o']}     | ${'OFFICIAL_EXCLUDED'}
  ${candidate()}                   | ${['u']}     | ${'OFFICIAL_EXCLUDED'}
  ${candidate()}                   | ${['above']} | ${'OFFICIAL_EXCLUDED'}
  ${candidate()}                   | ${['other']} | ${null}
`('《信访工作条例》第三十条第三款: excluded $excluded answers $code', ({ who, excluded, code }: { who: Candidate | undefined; excluded: string[]; code: string | null }) => {
  expect(crewObjection(who, new Set(excluded))?.code ?? null).toBe(code);
});

test.each`
  day             | notBefore       | ok
  ${'2026-06-30'} | ${null}         | ${true}
  ${'2026-07-01'} | ${null}         | ${false}
  ${'2026-05-01'} | ${'2026-05-01'} | ${true}
  ${'2026-04-30'} | ${'2026-05-01'} | ${false}
`('on 2026-06-30 the day $day, not before $notBefore, is plausible: $ok', ({ day, notBefore, ok }: { day: string; notBefore: string | null; ok: boolean }) => {
  expect(isPlausibleDay(day, { today: '2026-06-30', notBefore })).toBe(ok);
});
