import { SUBSCRIPTIONS } from './subscriptions';

test('an event of a service reaches each listener once: a second row for it would be a second message', () => {
  const told = SUBSCRIPTIONS.flatMap(({ event, source, listeners }) => listeners.map(({ service }) => `${source} ${event.name} → ${service}`));
  expect(told.filter((one, i) => told.indexOf(one) !== i)).toEqual([]);
});
