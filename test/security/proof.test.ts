import { proveAll } from './prove-all';
import { FULL } from './sizes';

jest.setTimeout(7_200_000);
describe('nobody gets in where they do not belong', () => {
  proveAll(FULL);
});
