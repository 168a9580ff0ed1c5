import { createSeal } from './seal';

const [old, next] = [Buffer.alloc(32, 1).toString('base64'), Buffer.alloc(32, 2).toString('base64')];
const message = { id: 'm', topic: 't', aggregateId: 'a', version: '1', payload: '{}' };
const ack = { source: 'cases', messageId: 'm', result: 'APPLIED' };

test('while the message key is changed both are believed, and the current one seals', () => {
  const [before, both, turned, after] = [createSeal(old), createSeal(old, next), createSeal(next, old), createSeal(next)];
  expect(both.ofMessage(message)).toEqual(before.ofMessage(message));
  expect(turned.ofMessage(message)).toEqual(after.ofMessage(message));
  for (const sender of [before, both]) for (const receiver of [before, both, turned]) expect(receiver.fitsMessage(message, sender.ofMessage(message))).toBe(true);
  for (const sender of [turned, after]) for (const receiver of [both, turned, after]) expect(receiver.fitsAck(ack, sender.ofAck(ack.source, ack.messageId, ack.result))).toBe(true);
  expect(after.fitsMessage(message, before.ofMessage(message))).toBe(false);
  expect(before.fitsMessage(message, after.ofMessage(message))).toBe(false);
  expect(both.fitsMessage({ ...message, payload: '[]' }, both.ofMessage(message))).toBe(false);
});

test('a short key is refused, as either of them', () => {
  expect(() => createSeal('c2hvcnQ=')).toThrow('at least 32 random bytes');
  expect(() => createSeal(old, 'c2hvcnQ=')).toThrow('at least 32 random bytes');
});
