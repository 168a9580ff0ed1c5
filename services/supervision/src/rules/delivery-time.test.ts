import { publishedCalendar } from '@anjie/calendar';
import type { NoticeUrgency } from '@anjie/contracts';
import { deliverAt, digestRound } from './delivery-time';

const calendar = publishedCalendar();
const local = (text: string): Date => new Date(`${text}+08:00`);
const inWords = (instant: Date): string => new Date(instant.getTime() + 8 * 3_600_000).toISOString().slice(0, 19);

test.each<[string, NoticeUrgency, string, string]>([
  ['urgent, on a working day', 'URGENT', '2022-09-27T10:15:00', '2022-09-27T10:15:00'],
  ['urgent, at noon', 'URGENT', '2022-09-27T12:30:00', '2022-09-27T12:30:00'],
  ['urgent, in the first second', 'URGENT', '2022-09-27T09:00:00', '2022-09-27T09:00:00'],
  ['urgent, in the last second', 'URGENT', '2022-09-27T17:29:59', '2022-09-27T17:29:59'],
  ['urgent, when the office closes', 'URGENT', '2022-09-27T17:30:00', '2022-09-28T09:00:00'],
  ['urgent, before the office opens', 'URGENT', '2022-09-27T06:00:00', '2022-09-27T09:00:00'],
  ['urgent, a second before midnight', 'URGENT', '2022-09-27T23:59:59', '2022-09-28T09:00:00'],
  ['urgent, a second after midnight', 'URGENT', '2022-09-28T00:00:01', '2022-09-28T09:00:00'],
  ['urgent, on the eve of National Day', 'URGENT', '2022-09-30T18:00:00', '2022-10-08T09:00:00'],
  ['urgent, on a make-up Saturday', 'URGENT', '2022-10-08T11:00:00', '2022-10-08T11:00:00'],
  ['urgent, on an ordinary Sunday', 'URGENT', '2022-09-25T11:00:00', '2022-09-26T09:00:00'],
  ['routine, in the day', 'ROUTINE', '2022-09-27T10:15:00', '2022-09-28T09:00:00'],
  ['routine, before the office opens', 'ROUTINE', '2022-09-27T08:59:59', '2022-09-27T09:00:00'],
  ['routine, in the minutes in which the reminders of the morning are written', 'ROUTINE', '2022-09-27T09:00:04', '2022-09-27T09:00:04'],
  ['routine, when those are over', 'ROUTINE', '2022-09-27T09:10:00', '2022-09-28T09:00:00'],
  ['routine, on Friday evening', 'ROUTINE', '2022-09-23T19:00:00', '2022-09-26T09:00:00'],
  ['routine, in a year without a notice, on Saturday', 'ROUTINE', '2031-03-01T10:00:00', '2031-03-03T09:00:00'],
])('%s', (_name, urgency, now, expected) => {
  expect(inWords(deliverAt(urgency, local(now), calendar))).toBe(expected);
});

test.each<[string, string, ReturnType<typeof digestRound>]>([
  ['before the office opens', '2022-09-27T08:59:59', undefined],
  ['in the first minute', '2022-09-27T09:00:00', { day: '2022-09-27', isClosed: false }],
  ['when the morning is written', '2022-09-27T09:10:00', { day: '2022-09-27', isClosed: true }],
  ['late in the day, after an outage', '2022-09-27T17:29:59', { day: '2022-09-27', isClosed: true }],
  ['in the evening', '2022-09-27T17:30:00', undefined],
  ['on a holiday', '2022-10-03T10:00:00', undefined],
  ['on a make-up Sunday', '2022-10-09T09:00:01', { day: '2022-10-09', isClosed: false }],
])('digests %s', (_name, now, expected) => {
  expect(digestRound(local(now), calendar)).toEqual(expected);
});
