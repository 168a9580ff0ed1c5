import { migration } from '@anjie/service-kit/database';

/** In which unit the sponsor served when the case was given to them; days alone do not tell who was named before moving post on the same day. NULL for those of before. */
export const addUnitToSponsorships = migration(
  'AddUnitToSponsorships1790000011030', 'ALTER TABLE sponsorships ADD COLUMN unit_id uuid NULL', 'ALTER TABLE sponsorships DROP COLUMN unit_id',
);
