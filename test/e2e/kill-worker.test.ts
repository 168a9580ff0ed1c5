import { delivered, housingCase, sendReferral, startOwnSystem, type OwnSystem } from './own-system';
let system: OwnSystem;
beforeAll(async () => { const t = Date.now(); system = await startOwnSystem(); console.log('up', Date.now() - t); }, 180_000);
afterAll(() => system.stop(), 60_000);
test('x', async () => {
  let t = Date.now();
  const c = await housingCase(system); console.log('case', Date.now() - t); t = Date.now();
  const id = await sendReferral(system, c);
  await delivered(system, id); console.log('delivered', Date.now() - t);
  console.log(await system.redis('LLEN', '{assistance}:assistance.referrals:active'));
});
