import { findOut } from './find-out';
import { DEADLINE_AND_CLIENT_MUTANTS } from './mutants';

findOut(DEADLINE_AND_CLIENT_MUTANTS);
