import { ROLES, type Role } from '@anjie/contracts';
import type { Viewer } from '@anjie/access';
import { mayReview, reviewerObjection, type CloseReviewAction, type ReviewerFacts } from './close-reviewers';

const viewer = (part: Partial<Viewer> = {}): Viewer => ({
  kind: 'OFFICIAL', subject: 'me', unitId: 'office', divisionCode: '640104', roles: ['JOINT_OFFICE'], locale: 'en', ...part,
});

describe('who may review at all: role × action', () => {
  const none = { JOINT_OFFICE: true, UNIT_HANDLER: false, WINDOW_CLERK: false, ADMIN: false, DEVELOPER: false, PUBLIC_PORTAL: false, FREE_QUERY: false, AUDITOR: false } as const;
  const GRID: Readonly<Record<CloseReviewAction, Readonly<Record<Role, boolean>>>> = { EXAMINE: none, DECIDE: none, DECIDE_BACK_TRACE: none };
  const cells = (Object.keys(GRID) as CloseReviewAction[]).flatMap((action) => ROLES.map((role) => [role, action, GRID[action][role]] as const));
  test.each(cells)('%s %s: %s', (role, action, may) => {
    expect(mayReview(viewer({ roles: [role] }), action)).toBe(may);
  });
  test.each(Object.keys(GRID) as CloseReviewAction[])('%s: no service, nobody without unit, division or role', (action) => {
    const wrong = [{ kind: 'SERVICE' as const }, { unitId: null }, { divisionCode: null }, { roles: [] }].map((part) => mayReview(viewer(part), action));
    expect(wrong).toEqual([false, false, false, false]);
  });
});

const facts = (part: Partial<ReviewerFacts> = {}): ReviewerFacts => ({
  reviewDivisionCode: '640104', submittedBy: 'clerk', isOfSubmittingUnit: false, hasPartInCase: false, firstReviewerId: null, ...part,
});

describe('《信访工作条例》第二十八条 (回避) and four eyes: who may not act on a file', () => {
  test.each<[string, 'EXAMINE' | 'DECIDE', Partial<Viewer>, Partial<ReviewerFacts>, string | undefined]>([
    ["the division's own office examines", 'EXAMINE', {}, {}, undefined],
    ['the office above examines', 'EXAMINE', { divisionCode: '640000' }, {}, undefined],
    ['the office of another county', 'EXAMINE', { divisionCode: '640105' }, {}, 'OUTSIDE_DIVISION'],
    ['the office of a township below', 'EXAMINE', { divisionCode: '640104100' }, {}, 'OUTSIDE_DIVISION'],
    ['the county, where the city assigned the case', 'EXAMINE', {}, { reviewDivisionCode: '640100' }, 'OUTSIDE_DIVISION'],
    ['the city, where the city assigned the case', 'EXAMINE', { divisionCode: '640100' }, { reviewDivisionCode: '640100' }, undefined],
    ['a person of the submitting unit', 'EXAMINE', {}, { isOfSubmittingUnit: true }, 'REVIEWER_OF_SUBMITTING_UNIT'],
    ['a person of the submitting unit, second', 'DECIDE', {}, { isOfSubmittingUnit: true, firstReviewerId: 'other' }, 'REVIEWER_OF_SUBMITTING_UNIT'],
    ['the sponsor', 'EXAMINE', {}, { hasPartInCase: true }, 'REVIEWER_IN_CASE'],
    ['the sponsor, second', 'DECIDE', {}, { hasPartInCase: true, firstReviewerId: 'other' }, 'REVIEWER_IN_CASE'],
    ['the one who submitted', 'EXAMINE', {}, { submittedBy: 'me' }, 'REVIEWER_IN_CASE'],
    ['the first reviewer, second', 'DECIDE', {}, { firstReviewerId: 'me' }, 'SAME_REVIEWER'],
    ['another person, second', 'DECIDE', {}, { firstReviewerId: 'other' }, undefined],
    ['a handler', 'EXAMINE', { roles: ['UNIT_HANDLER'] }, {}, 'NOT_PERMITTED'],
  ])('%s %s', (_sentence, action, who, what, code) => {
    expect(reviewerObjection(viewer(who), action, facts(what))?.code).toBe(code);
  });
});
