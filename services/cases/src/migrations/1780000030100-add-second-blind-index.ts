import { migration, type Migration } from '@anjie/service-kit/database';

/** While the secret of the blind indexes is changed, the new one's fingerprints stand beside the old one's. */
export const blindIndexMigrations: readonly Migration[] = [
  migration(
    'AddSecondBlindIndex1780000030100',
    `ALTER TABLE petitioners ADD COLUMN id_number_index_v2 binary(32) NULL AFTER phone_index, ADD COLUMN phone_index_v2 binary(32) NULL AFTER id_number_index_v2,
       ADD KEY ix_petitioners_id_number_index_v2 (id_number_index_v2), ADD KEY ix_petitioners_phone_index_v2 (phone_index_v2)`,
    `ALTER TABLE petitioners DROP KEY ix_petitioners_phone_index_v2, DROP KEY ix_petitioners_id_number_index_v2, DROP COLUMN phone_index_v2, DROP COLUMN id_number_index_v2`,
  ),
];
