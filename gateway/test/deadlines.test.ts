import { openHouse, type House } from './support';

describe('how long a request may take', () => {
  let house: House;
  beforeAll(async () => void (house = await openHouse()));
  afterAll(() => house.stop());

  test('a fetch of a plan has five seconds; a request ten, however many fetches it has', async () => {
    const took = async (query: string): Promise<{ seconds: number; codes: string[] }> => {
      const startedAt = performance.now();
      const { status, errors } = await house.ask(query);
      expect(status).toBe(200);
      return { seconds: (performance.now() - startedAt) / 1_000, codes: [...new Set((errors ?? []).map(({ extensions }) => extensions.code))] };
    };
    expect(await took('{ sleepy(seconds: 1) { id asleep(seconds: 1) { nap(seconds: 1) } } }')).toMatchObject({ codes: [] });
    const [one, chain] = await Promise.all([took('{ sleepy(seconds: 60) { id } }'), took('{ sleepy(seconds: 4) { id asleep(seconds: 4) { id nap(seconds: 4) } } }')]);
    expect(one.codes).toEqual(['TIMEOUT']);
    expect(one.seconds).toBeGreaterThan(4.5);
    expect(one.seconds).toBeLessThan(9);
    expect(chain.codes).toEqual(['TIMEOUT']);
    // the third fetch of four seconds is given up after two
    expect(chain.seconds).toBeGreaterThan(8.5);
    expect(chain.seconds).toBeLessThan(11.9);
  }, 60_000);
});
