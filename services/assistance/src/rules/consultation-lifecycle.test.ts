import { CONSULTATION_LIFE, refusesExperts, refusesHigherPool, refusesPool } from './consultation-lifecycle';
import { stepsOf } from './service-life';

describe('专家库: three levels, an opinion that advises, help of a higher pool that is asked for', () => {
  test('legal steps are these and no others', () => {
    expect(stepsOf(CONSULTATION_LIFE)).toEqual([
      'ASSIGNED>ASSIGNED', 'ASSIGNED>DELIVERED', 'ASSIGNED>ESCALATION_ASKED', 'ASSIGNED>WITHDRAWN', 'ESCALATION_ASKED>REQUESTED', 'ESCALATION_ASKED>WITHDRAWN',
      'REQUESTED>ASSIGNED', 'REQUESTED>ESCALATION_ASKED', 'REQUESTED>WITHDRAWN',
    ]);
  });
  test.each([['640000', true], ['640100', true], ['640104', true], ['640104100', false]])('%s keeps a pool: %s', (code, keeps) => {
    expect(refusesPool(code) === null).toBe(keeps);
  });
  test.each([['640104', '640100', true], ['640104', '640000', true], ['640100', '640104', false], ['640104', '640104', false], ['640104', '330400', false]])('%s asks %s for help: %s', (from, to, may) => {
    expect(refusesHigherPool({ from, to }) === null).toBe(may);
  });
  test('experts are of the pool that is asked, and named once', () => {
    const [a, b] = [{ id: 'a', poolDivisionCode: '640104' }, { id: 'b', poolDivisionCode: '640100' }];
    expect(refusesExperts([a], { asked: ['a'], pool: '640104' })).toBeNull();
    for (const [experts, asked] of [[[a, b], ['a', 'b']], [[a], ['a', 'a']], [[], []], [[a], ['a', 'x']]] as const) expect(refusesExperts(experts, { asked, pool: '640104' })?.code).toBe('EXPERT_INVALID');
  });
});
