import { findOut } from './find-out';
import { ROW_MUTANTS } from './mutants';

findOut(ROW_MUTANTS);
