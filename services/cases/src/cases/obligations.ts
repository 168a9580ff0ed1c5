import type { Clocks } from '../clocks/clock-service';

/** Declares dated duties; see clocks/clock-service.ts. */
export type Obligations = Pick<Clocks, 'declare'>;
export type { Duty } from '../clocks/clock-service';
