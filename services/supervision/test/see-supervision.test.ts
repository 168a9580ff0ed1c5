import { randomUUID } from 'node:crypto';
import type { Viewer } from '@anjie/access';
import { haveCaseScope, viewers } from '@anjie/testing';
import { sweepDeadlines } from '../src/deadlines/deadline-service';
import { at, COUNTY, declare, haveKnownOfficial, haveKnownUnit, key, log, openSupervision, type Supervision } from './builders';

let supervision: Supervision;
beforeAll(async () => void (supervision = await openSupervision()));
afterAll(() => supervision.close());

interface Seen {
  readonly obligations: string[];
  readonly letters: number;
  readonly reminders: number;
}

const ask = async (viewer: Viewer): Promise<Seen> => {
  const data = await supervision.client.query<Record<string, { totalCount: number; nodes: { id: string }[] }>>(
    viewer, '{ obligations(first: 100) { totalCount nodes { id } } supervisionLetters(first: 100) { totalCount nodes { id } } myReminders(first: 100) { totalCount nodes { id } } }',
  );
  expect(data['obligations']?.totalCount).toBe(data['obligations']?.nodes.length);
  return {
    obligations: (data['obligations']?.nodes ?? []).map((node) => node.id),
    letters: data['supervisionLetters']?.totalCount ?? -1,
    reminders: data['myReminders']?.totalCount ?? -1,
  };
};

describe('who sees what', () => {
  const [bureau, section, other, office] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  const [accused, debtor, sponsor] = [randomUUID(), randomUUID(), randomUUID()];
  let ofSection: string;
  let ofOther: string;
  let ofDebtor: string;
  let ofAccusedUnit: string;
  let caseId: string;
  let letterId: string;

  beforeAll(async () => {
    const { db, client } = supervision;
    await supervision.truncate();
    await at(db, '2025-08-04T02:00:00Z');
    await haveKnownUnit(db, { unitId: bureau });
    await haveKnownUnit(db, { unitId: section, ancestorIds: [bureau] });
    await haveKnownUnit(db, { unitId: other });
    await haveKnownUnit(db, { unitId: office });
    for (const id of [accused, debtor]) await haveKnownOfficial(db, section, id);
    const scope = await haveCaseScope(db, {
      parties: [{ kind: 'UNIT', id: section, role: 'LEAD' }, { kind: 'OFFICIAL', id: sponsor, role: 'SPONSOR' }],
      excluded: [{ kind: 'OFFICIAL', id: accused }],
    });
    caseId = scope.caseId;
    const elsewhere = await haveCaseScope(db, { divisionCode: '640105' });
    const accusedUnitCase = await haveCaseScope(db, { divisionCode: '640105', excluded: [{ kind: 'UNIT', id: bureau }] });
    ofSection = (await declare(db, { caseId, obligorUnitId: section })).obligationId;
    ofOther = (await declare(db, { caseId: elsewhere.caseId, obligorUnitId: other })).obligationId;
    ofDebtor = (await declare(db, { caseId: elsewhere.caseId, obligorUnitId: null, obligorOfficialId: debtor })).obligationId;
    ofAccusedUnit = (await declare(db, { caseId: accusedUnitCase.caseId, obligorUnitId: section })).obligationId;
    await declare(db, { obligorUnitId: section }); // its case is not known here yet: nobody sees it
    const issued = await client.query<{ issueSupervisionLetter: { letter: { id: string } } }>(
      viewers.jointOffice(COUNTY, office),
      'mutation ($input: IssueSupervisionLetterInput!) { issueSupervisionLetter(input: $input) { ... on SupervisionLetterPayload { letter { id } } } }',
      { input: { idempotencyKey: key(), kind: 'URGE_NOTE', caseId, toUnitId: section, ground: 'DELAY', body: '请抓紧办理。' } },
    );
    letterId = issued.issueSupervisionLetter.letter.id;
    await at(db, '2025-10-10T02:00:00Z');
    await sweepDeadlines(db, log);
  });

  test.each<[string, () => Viewer, () => Seen]>([
    ["a joint office sees its county's", () => viewers.jointOffice(COUNTY, office), () => ({ obligations: [ofSection], letters: 1, reminders: 0 })],
    ["the other county's office sees its own", () => viewers.jointOffice('640105', office), () => ({ obligations: [ofOther, ofDebtor, ofAccusedUnit], letters: 0, reminders: 0 })],
    ["a handler sees the unit's, and its inbox", () => viewers.handler(section), () => ({ obligations: [ofSection], letters: 1, reminders: 6 })],
    ['a handler of the unit above sees it, but the inbox is not its own', () => viewers.handler(bureau), () => ({ obligations: [ofSection], letters: 1, reminders: 0 })],
    ["another unit's handler sees what that unit owes", () => viewers.handler(other), () => ({ obligations: [ofOther], letters: 0, reminders: 4 })],
    ['第三十条第三款: a handler who is named in the report sees nothing', () => viewers.handler(section, accused), () => ({ obligations: [], letters: 0, reminders: 0 })],
    ['the official who owes it sees it without any role', () => viewers.plain(debtor), () => ({ obligations: [ofDebtor], letters: 0, reminders: 4 })],
    ['包案领导 sees the case, and is told after the due date', () => viewers.plain(sponsor), () => ({ obligations: [ofSection], letters: 1, reminders: 1 })],
    ['an administrator sees nothing', () => viewers.admin(), () => ({ obligations: [], letters: 0, reminders: 0 })],
    ['somebody without role or part sees nothing', () => viewers.plain(), () => ({ obligations: [], letters: 0, reminders: 0 })],
  ])('%s', async (_sentence, viewer, expected) => {
    const seen = await ask(viewer());
    const wanted = expected();
    const replies = seen.obligations.filter((id) => ![ofSection, ofOther, ofDebtor, ofAccusedUnit].includes(id));
    expect({ ...seen, obligations: seen.obligations.filter((id) => !replies.includes(id)).sort() }).toMatchObject({ obligations: [...wanted.obligations].sort(), letters: wanted.letters });
    expect(replies).toHaveLength(wanted.letters); // the obligation to reply goes with the letter
    expect(seen.reminders > 0).toBe(wanted.reminders > 0);
  });

  const REFERENCES = `query ($r: [_Any!]!) { _entities(representations: $r) { __typename
    ... on Obligation { id dueOn } ... on SupervisionLetter { id } ... on Case { id nextDueOn latestLetter { id } obligations { totalCount } supervisionLetters { totalCount } }
    ... on Unit { obligations { totalCount } } ... on Official { obligations { totalCount } reminders { totalCount } } } }`;
  const references = async (viewer: Viewer, representations: object[]) =>
    (await supervision.client.query<{ _entities: unknown[] }>(viewer, REFERENCES, { r: representations }))._entities;

  test('a reference shows no more than the root field', async () => {
    const asked = [{ __typename: 'Obligation', id: ofSection }, { __typename: 'SupervisionLetter', id: letterId }, { __typename: 'Case', id: caseId }];
    expect(await references(viewers.handler(section, accused), asked)).toEqual([null, null, null]);
    expect(await references(viewers.jointOffice('640105', office), asked)).toEqual([null, null, null]);
    expect(await references(viewers.handler(section), asked)).toEqual([
      { __typename: 'Obligation', id: ofSection, dueOn: '2025-10-09' }, { __typename: 'SupervisionLetter', id: letterId },
      { __typename: 'Case', id: caseId, nextDueOn: '2025-08-11', latestLetter: { id: letterId }, obligations: { totalCount: 2 }, supervisionLetters: { totalCount: 1 } },
    ]);
  });

  test('an obligation does not name its case to those who do not see the case', async () => {
    const data = await supervision.client.query(viewers.handler(other), 'query ($id: ID!) { obligation(id: $id) { case { id nextDueOn obligations { totalCount } latestLetter { id } } } }', { id: ofOther });
    expect(data).toEqual({ obligation: { case: null } });
  });

  test("an official's reminders are for the official and for a joint office that sees the case", async () => {
    const asked = [{ __typename: 'Official', id: sponsor }];
    const count = async (viewer: Viewer) => ((await references(viewer, asked))[0] as { reminders: { totalCount: number } }).reminders.totalCount;
    const own = await count(viewers.plain(sponsor));
    expect(own).toBeGreaterThan(0);
    expect([await count(viewers.jointOffice(COUNTY, office)), await count(viewers.jointOffice('640105', office)), await count(viewers.handler(section))]).toEqual([own, 0, 0]);
  });

  test('many references cost one statement', async () => {
    const viewer = viewers.jointOffice('640000', office);
    const asked = [ofSection, ofOther, ofDebtor].map((id) => ({ __typename: 'Obligation', id }));
    const { result, statements } = await supervision.counted(() => supervision.client.query<{ _entities: unknown[] }>(
      viewer, 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Obligation { id } } }', { r: asked },
    ));
    expect([result._entities.length, statements]).toEqual([3, 1]);
  });

  test('obligations under many cases cost one statement beyond the check of the cases', async () => {
    const ids = [caseId, randomUUID(), randomUUID()];
    const { statements } = await supervision.counted(() => supervision.client.query(
      viewers.jointOffice(COUNTY, office), 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Case { obligations(first: 5) { nodes { id deadlines { id } reminders { nodes { id } } } } } } }',
      { r: ids.map((id) => ({ __typename: 'Case', id })) },
    ));
    expect(statements).toBe(4); // cases, obligations, deadlines, reminders
  });

  test('marking a reminder as read: by its recipient, once, and not by the office that only sees it', async () => {
    const mark = async (viewer: Viewer, reminderId: string, idempotencyKey = key()) =>
      (await supervision.client.query<{ markReminderRead: { reminder?: { readAt: string }; code?: string } }>(
        viewer, `mutation ($input: MarkReminderReadInput!) { markReminderRead(input: $input) { ... on MarkReminderReadPayload { reminder { readAt text obligation { id } } } ... on ReminderRefusal { code message } } }`,
        { input: { idempotencyKey, reminderId } },
      )).markReminderRead;
    const mine = await supervision.client.query<{ myReminders: { nodes: { id: string; reason: string; kind: string; text: string }[] } }>(
      viewers.plain(sponsor), '{ myReminders(filter: { unreadOnly: true }) { nodes { id reason kind text recipient { __typename } case { id } } } }');
    const reminder = mine.myReminders.nodes.find((node) => node.text.includes('2025-10-09'));
    expect(reminder).toMatchObject({ reason: 'SPONSOR', kind: 'REMIND_AFTER', text: '"finish handling" is due on 2025-10-09: 1 day overdue. Basis: 《信访工作条例》第三十四条' });
    const id = reminder?.id ?? '';
    expect(await mark(viewers.jointOffice(COUNTY, office), id)).toMatchObject({ code: 'NOT_THE_RECIPIENT' });
    expect(await mark(viewers.handler(other), id)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await mark(viewers.plain(sponsor), 'no-id')).toMatchObject({ code: 'NOT_FOUND' });
    const sameKey = key();
    const first = await mark(viewers.plain(sponsor), id, sameKey);
    expect(await mark(viewers.plain(sponsor), id, sameKey)).toEqual(first);
    expect(await mark(viewers.plain(sponsor), id)).toEqual(first);
    expect(first.reminder?.readAt).toMatch(/^2025-10-10/);
  });
});
