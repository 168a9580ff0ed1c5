import { createTable } from '@anjie/service-kit/database';

export const createPosts = createTable('CreatePosts1767225700003', 'posts', `
  id uuid NOT NULL PRIMARY KEY,
  official_id uuid NOT NULL,
  unit_id uuid NOT NULL,
  title varchar(100) NOT NULL,
  is_head tinyint(1) NOT NULL DEFAULT 0,
  started_on date NOT NULL,
  ended_on date NULL,
  KEY ix_posts_official_id (official_id, started_on),
  KEY ix_posts_unit_id (unit_id)`);
