import { EntitySchema } from 'typeorm';
import { ascii, day, uuid, whole } from '../table-columns';

const optional = <Column extends object>(column: Column) => ({ ...column, nullable: true });

const assignmentTable = new EntitySchema({
  name: 'ChecklistAssignment', tableName: 'checklist_assignments',
  columns: {
    id: { ...uuid, primary: true }, kind: ascii(48), unit_id: uuid, division_code: ascii(12), campaign_id: optional(uuid), starts_on: day, next_from: day, ended_on: optional(day),
    live_key: optional(ascii(140)), assigned_by: uuid, office_unit_id: optional(uuid), version: whole,
  },
  indices: [
    { name: 'uq_checklist_assignments_live_key', unique: true, columns: ['live_key'] },
    { name: 'ix_checklist_assignments_next_from', columns: ['ended_on', 'next_from'] },
    { name: 'ix_checklist_assignments_unit_id', columns: ['unit_id'] },
  ],
});

const checklistTable = new EntitySchema({
  name: 'Checklist', tableName: 'checklists',
  columns: {
    id: { ...uuid, primary: true }, assignment_id: uuid, kind: ascii(48), unit_id: uuid, division_code: ascii(12), campaign_id: optional(uuid), period_from: day, period_to: day, due_on: day,
    state: ascii(8), reminded_on: optional(day), overdue_on: optional(day), filled_on: optional(day), filled_by: optional(uuid), version: whole,
  },
  indices: [
    { name: 'uq_checklists_period', unique: true, columns: ['assignment_id', 'period_from'] },
    { name: 'ix_checklists_unit_id', columns: ['unit_id', 'period_from', 'id'] },
    { name: 'ix_checklists_period_from', columns: ['period_from', 'id'] },
    { name: 'ix_checklists_reminded_on', columns: ['state', 'overdue_on', 'reminded_on', 'due_on'] },
    { name: 'ix_checklists_due_on', columns: ['state', 'overdue_on', 'due_on'] },
  ],
});

const answerTable = new EntitySchema({
  name: 'ChecklistAnswer', tableName: 'checklist_answers',
  columns: {
    checklist_id: { ...uuid, primary: true }, item_code: { ...ascii(48), primary: true }, is_yes: { type: 'boolean', nullable: true }, amount: optional(whole),
    words: { type: 'varchar', length: '1000', nullable: true },
  },
});

export const checklistTables = [assignmentTable, checklistTable, answerTable] as const;
