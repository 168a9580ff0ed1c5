import { decisionObjection, originObjection, type Asker, type Decider, type RecusalOrigin } from './recusing';

const asker = (part: Partial<Asker>): Asker => ({ subject: 'somebody', isInCase: false, isClerk: false, ...part });
test.each`
  origin            | part                       | code
  ${'THE_OFFICIAL'} | ${{ subject: 'official' }} | ${null}
  ${'THE_OFFICIAL'} | ${{ isInCase: true }}      | ${'NOT_PERMITTED'}
  ${'UNIT'}         | ${{ isInCase: true }}      | ${null}
  ${'UNIT'}         | ${{}}                      | ${'NOT_PERMITTED'}
  ${'ON_BEHALF'}    | ${{ isClerk: true }}       | ${null}
  ${'ON_BEHALF'}    | ${{ isInCase: true }}      | ${'NOT_PERMITTED'}
`('《信访工作条例》第二十八条: $part asks as $origin: $code · row 76', ({ origin, part, code }: { origin: RecusalOrigin; part: Partial<Asker>; code: string | null }) => {
  expect(originObjection(origin, asker(part), 'official')?.code ?? null).toBe(code);
});

const decider = (part: Partial<Decider>): Decider => ({ subject: 'somebody', isHeadOfUnit: false, overseesCase: false, ...part });
test.each`
  part                                             | state          | code
  ${{ isHeadOfUnit: true }}                        | ${'REQUESTED'} | ${null}
  ${{ overseesCase: true }}                        | ${'REQUESTED'} | ${null}
  ${{}}                                            | ${'REQUESTED'} | ${'NOT_PERMITTED'}
  ${{ isHeadOfUnit: true, subject: 'official' }}   | ${'REQUESTED'} | ${'NOT_PERMITTED'}
  ${{ overseesCase: true, subject: 'official' }}   | ${'REQUESTED'} | ${'NOT_PERMITTED'}
  ${{ overseesCase: true }}                        | ${'GRANTED'}   | ${'ALREADY_DECIDED'}
`('《信访工作条例》第二十八条: $part decides on a request that is $state: $code · row 76', ({ part, state, code }: { part: Partial<Decider>; state: 'REQUESTED'; code: string | null }) => {
  expect(decisionObjection(decider(part), { officialId: 'official', state })?.code ?? null).toBe(code);
});
