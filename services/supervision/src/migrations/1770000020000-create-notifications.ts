import { createTable } from '@anjie/service-kit/database';

const ASCII = 'CHARACTER SET ascii COLLATE ascii_bin';

export const createDigests = createTable('CreateDigests1770000020000', 'digests', `
  id uuid NOT NULL PRIMARY KEY,
  recipient_id uuid NOT NULL,
  recipient_official_id uuid NULL,
  recipient_unit_id uuid NULL,
  day date NOT NULL,
  formed_at datetime(3) NOT NULL,
  UNIQUE KEY uq_digests_morning (recipient_id, day),
  CHECK ((recipient_official_id IS NULL) <> (recipient_unit_id IS NULL))`);

export const createNotifications = createTable('CreateNotifications1770000020001', 'notifications', `
  id uuid NOT NULL PRIMARY KEY,
  source varchar(16) ${ASCII} NOT NULL,
  kind varchar(48) ${ASCII} NOT NULL,
  subject_type varchar(48) ${ASCII} NOT NULL,
  subject_id uuid NOT NULL,
  occasion varchar(80) ${ASCII} NOT NULL,
  case_id uuid NOT NULL,
  recipient_id uuid NOT NULL,
  recipient_official_id uuid NULL,
  recipient_unit_id uuid NULL,
  due_on date NULL,
  occurred_at datetime(3) NOT NULL,
  created_on date NOT NULL,
  created_at datetime(3) NOT NULL,
  deliver_at datetime(3) NOT NULL,
  is_waiting tinyint(1) NOT NULL,
  digest_id uuid NULL,
  reminder_id uuid NULL,
  read_at datetime(3) NULL,
  UNIQUE KEY uq_notifications_fact (source, kind, subject_id, occasion, recipient_id),
  KEY ix_notifications_recipient_id (recipient_id, created_at),
  KEY ix_notifications_waiting (is_waiting, recipient_id, deliver_at),
  KEY ix_notifications_digest_id (digest_id, created_at),
  KEY ix_notifications_reminder_id (reminder_id),
  CHECK ((recipient_official_id IS NULL) <> (recipient_unit_id IS NULL))`);

export const notificationMigrations = [createDigests, createNotifications];
