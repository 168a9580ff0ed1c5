import { createTable, type Migration } from '@anjie/service-kit/database';

export const readerMigrations: readonly Migration[] = [
  createTable('CreateReaders1780000020000', 'readers', 'reader varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY'),
];
