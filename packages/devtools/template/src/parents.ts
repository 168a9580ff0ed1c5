import type { EntryRow } from './entries/entry-repository';

/** What stands behind each GraphQL type: codegen maps type T to TParent. */
export type SampleEntryParent = EntryRow;
