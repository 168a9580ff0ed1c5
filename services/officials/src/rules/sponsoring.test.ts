import type { Candidate } from './assignment';
import { sponsoringObjection, type Sponsoring, type SponsoringFacts } from './sponsoring';

const candidate: Candidate = { officialId: 'new', unitId: 'u', divisionCode: '640104', unitLine: ['u'], divisionCodes: ['640104'] };
const present = { officialId: 'old', startedOn: '2026-03-01' };
const answer = (facts: Partial<SponsoringFacts>, wish: Partial<Sponsoring>) =>
  sponsoringObjection(
    { today: '2026-06-30', candidate, excluded: new Set(), present: undefined, lastEndedOn: null, ...facts },
    { officialId: 'new', startOn: '2026-06-30', replace: false, ...wish },
  )?.code ?? null;

test.each`
  facts                                        | wish                                        | code                     | why
  ${{}}                                        | ${{}}                                       | ${null}                  | ${'a free case'}
  ${{}}                                        | ${{ startOn: '2026-07-01' }}                | ${'DATE_OUT_OF_RANGE'}   | ${'tomorrow'}
  ${{ lastEndedOn: '2026-05-01' }}             | ${{ startOn: '2026-05-01' }}                | ${null}                  | ${'from the day the last one ended'}
  ${{ lastEndedOn: '2026-05-01' }}             | ${{ startOn: '2026-04-30' }}                | ${'DATE_OUT_OF_RANGE'}   | ${'while the last one still held'}
  ${{ present }}                               | ${{}}                                       | ${'ALREADY_SPONSORED'}   | ${'a sponsored case'}
  ${{ present }}                               | ${{ replace: true }}                        | ${null}                  | ${'taking over'}
  ${{ present }}                               | ${{ replace: true, startOn: '2026-02-01' }} | ${'DATE_OUT_OF_RANGE'}   | ${'taking over before the other began'}
  ${{ present: { ...present, officialId: 'new' } }} | ${{ replace: true }}                   | ${'ALREADY_SPONSORED'}   | ${'taking over from oneself'}
  ${{ candidate: undefined }}                  | ${{}}                                       | ${'OFFICIAL_UNKNOWN'}    | ${'an unknown official'}
  ${{ excluded: new Set(['u']) }}              | ${{}}                                       | ${'OFFICIAL_EXCLUDED'}   | ${'《信访工作条例》第三十条第三款: the accused unit'}
  ${{}}                                        | ${{ reach: { officeDivision: '640100', caseDivision: '640105' } }} | ${null}              | ${'by the city that both lie in'}
  ${{}}                                        | ${{ reach: { officeDivision: '640105', caseDivision: '640105' } }} | ${'NOT_PERMITTED'}   | ${'from the next county'}
`('$why: $code', ({ facts, wish, code }: { facts: Partial<SponsoringFacts>; wish: Partial<Sponsoring>; code: string | null }) => {
  expect(answer(facts, wish)).toBe(code);
});
