import { EntitySchema } from 'typeorm';
import { ascii, moment, uuid, whole } from '../table-columns';

export const deadlineTable = new EntitySchema({
  name: 'Deadline',
  tableName: 'deadlines',
  columns: {
    id: { ...uuid, primary: true }, obligation_id: uuid, case_id: { ...uuid, nullable: true }, kind: ascii(16), step: whole, due_at: moment, state: ascii(12), version: whole,
    armed_version: { ...whole, default: 0 }, armed_epoch: { ...uuid, nullable: true }, fired_at: { ...moment, nullable: true },
    fired_by: { ...ascii(8), nullable: true },
  },
  indices: [
    { name: 'uq_deadlines_step', unique: true, columns: ['obligation_id', 'kind', 'step'] },
    { name: 'ix_deadlines_due', columns: ['state', 'due_at', 'id'] },
    { name: 'ix_deadlines_armed', columns: ['state', 'armed_epoch', 'due_at', 'id'] },
  ],
});

export const deadlineEffectTable = new EntitySchema({
  name: 'DeadlineEffect',
  tableName: 'deadline_effects',
  columns: { deadline_id: { ...uuid, primary: true }, version: { ...whole, primary: true }, fired_at: moment, outcome: { ...ascii(12), nullable: true } },
});

export const alarmEpochTable = new EntitySchema({
  name: 'AlarmEpoch',
  tableName: 'alarm_epoch',
  columns: { id: { type: 'tinyint', primary: true }, epoch: uuid, changed_at: moment },
});

export const deadlineCheckTable = new EntitySchema({
  name: 'DeadlineCheck',
  tableName: 'deadline_checks',
  columns: {
    id: { type: 'tinyint', primary: true }, next_at: moment, lease_until: { ...moment, nullable: true }, holder: { ...uuid, nullable: true },
    after_id: { ...uuid, nullable: true }, checked: { ...whole, default: 0 }, repaired: { ...whole, default: 0 },
  },
});
