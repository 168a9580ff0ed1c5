import { crewObjection, isPlausibleDay, reachObjection, sponsorshipLevelOf, type Candidate } from './assignment';

const candidate = (part: Partial<Candidate> = {}): Candidate => ({ officialId: 'o', unitId: 'u', divisionCode: '640104', unitLine: ['u', 'above'], divisionCodes: ['640104'], ...part });

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
  posts                     | office      | code
  ${['640104']}             | ${'640104'} | ${null}
  ${['640104100']}          | ${'640104'} | ${null}
  ${['640100']}             | ${'640104'} | ${null}
  ${['640000']}             | ${'640104'} | ${null}
  ${['640105']}             | ${'640104'} | ${'NOT_PERMITTED'}
  ${['640105']}             | ${'640100'} | ${null}
  ${['640200']}             | ${'640100'} | ${'NOT_PERMITTED'}
  ${['640105', '640104']}   | ${'640104'} | ${null}
  ${['640100']}             | ${null}     | ${null}
  ${['640105']}             | ${null}     | ${'NOT_PERMITTED'}
`('an official with posts in $posts, named by the office of $office in a case of 640104: $code', ({ posts, office, code }: { posts: string[]; office: string | null; code: string | null }) => {
  expect(reachObjection(candidate({ divisionCodes: posts }), { officeDivision: office, caseDivision: '640104' })?.code ?? null).toBe(code);
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
