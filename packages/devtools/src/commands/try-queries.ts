/** The README's three queries; the e2e tests send them too. */
export const TRY = [
  {
    as: 'housing-portal',
    what: 'the work list of a department, across all four subgraphs in one request',
    query: '{ cases(first: 5, filter: { unresolved: true }) { totalCount nodes { number title leadUnit { name } sponsorships(first: 1) { nodes { official { name } } } nextDueOn referrals(first: 1) { nodes { state } } latestLetter { number } } } }',
  },
  {
    as: 'district-office',
    what: 'which of the four-ones (四个一) a case lacks, and since when',
    query: '{ cases(first: 5) { nodes { number readiness { isComplete slots { label isFilled missingSince } } } } }',
  },
  {
    as: 'province-office',
    what: 'the regional campaign, by city, as of a day, against target',
    query: '{ campaigns(first: 1) { nodes { name rollup(divisionCode: "640000", asOf: "2021-12-31") { stock { value } resolved { value } target { value } gap { value } sponsoredCases { value } overdueObligations { value } children { division { name } stock { value } resolved { value } gap { value } } } } } }',
  },
] as const;
