import { migration, type Migration } from '@anjie/service-kit/database';

const code = (length: number): string => `varchar(${length}) CHARACTER SET ascii COLLATE ascii_bin NULL`;

/** Why a petition repeats a matter, and what became of it (brief §2.3 #10). */
export const petitionDispositionMigrations: readonly Migration[] = [
  migration('AddPetitionRepeatReason1769000002000', `ALTER TABLE petitions ADD COLUMN repeat_reason ${code(24)}`, 'ALTER TABLE petitions DROP COLUMN repeat_reason'),
  migration('AddPetitionDisposition1769000002001', `ALTER TABLE petitions ADD COLUMN disposition ${code(24)}`, 'ALTER TABLE petitions DROP COLUMN disposition'),
];
