import { migration } from '@anjie/service-kit/database';

/** 正式任职、代理、借调. Every post of before was told to nobody: the others knew the current unit only. */
export const addPostKind = migration(
  'AddPostKind1780000020010',
  `ALTER TABLE posts ADD COLUMN kind varchar(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'PRIMARY'`,
  'ALTER TABLE posts DROP COLUMN kind',
);
