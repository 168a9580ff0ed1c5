import { createSessions } from './sessions';

test('a session ends after a quarter of an hour, or with its token, or when it is ended', () => {
  let now = 1_000_000;
  const sessions = createSessions<string>(() => now);
  const long = sessions.begin('a', now + 8 * 3_600_000);
  const short = sessions.begin('b', now + 60_000);
  expect([long.maxAgeS, short.maxAgeS]).toEqual([900, 60]);
  expect([sessions.holderOf(long.secret), sessions.holderOf(short.secret), sessions.holderOf('guess')]).toEqual(['a', 'b', undefined]);
  now += 60_000;
  expect([sessions.holderOf(long.secret), sessions.holderOf(short.secret)]).toEqual(['a', undefined]);
  now += 840_000;
  expect(sessions.holderOf(long.secret)).toBeUndefined();
  const third = sessions.begin('c', now + 3_600_000);
  sessions.end(third.secret);
  expect(sessions.holderOf(third.secret)).toBeUndefined();
});
