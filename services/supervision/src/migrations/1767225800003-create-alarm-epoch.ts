import { createTable } from '@anjie/service-kit/database';

export const createAlarmEpoch = createTable('CreateAlarmEpoch1767225800003', 'alarm_epoch', `
  id tinyint NOT NULL PRIMARY KEY,
  epoch uuid NOT NULL,
  changed_at datetime(3) NOT NULL,
  CHECK (id = 1)`);
