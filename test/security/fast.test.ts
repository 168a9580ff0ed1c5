import { proveAll } from './prove-all';
import { FAST } from './sizes';

jest.setTimeout(300_000);
describe('nobody gets in where they do not belong, in small', () => {
  proveAll(FAST);
});
