import { findOut } from './find-out';
import { POISON_AND_ORDER_MUTANTS } from './mutants';

findOut(POISON_AND_ORDER_MUTANTS);
