import { createTable } from '@anjie/service-kit/database';

export const createReminders = createTable('CreateReminders1767225800004', 'reminders', `
  id uuid NOT NULL PRIMARY KEY,
  obligation_id uuid NOT NULL,
  deadline_id uuid NOT NULL,
  deadline_version int NOT NULL,
  case_id uuid NOT NULL,
  recipient_id uuid NOT NULL,
  recipient_official_id uuid NULL,
  recipient_unit_id uuid NULL,
  reason varchar(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind varchar(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  due_on date NOT NULL,
  created_on date NOT NULL,
  created_at datetime(3) NOT NULL,
  read_at datetime(3) NULL,
  UNIQUE KEY uq_reminders_recipient (deadline_id, deadline_version, recipient_id),
  KEY ix_reminders_official (recipient_official_id, created_at),
  KEY ix_reminders_unit (recipient_unit_id, created_at),
  KEY ix_reminders_obligation_id (obligation_id, created_at),
  CHECK ((recipient_official_id IS NULL) <> (recipient_unit_id IS NULL))`);
