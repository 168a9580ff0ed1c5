import { migration } from '@anjie/service-kit/database';

export const checklistGrowthMigrations = [
  migration(
    'RemindOfChecklists1790000022500',
    'ALTER TABLE checklists ADD COLUMN reminded_on date NULL AFTER state, ADD KEY ix_checklists_reminded_on (state, overdue_on, reminded_on, due_on)',
    'ALTER TABLE checklists DROP KEY ix_checklists_reminded_on, DROP COLUMN reminded_on',
  ),
  migration(
    'KeepAssigningOffice1790000022501', 'ALTER TABLE checklist_assignments ADD COLUMN office_unit_id uuid NULL AFTER assigned_by', 'ALTER TABLE checklist_assignments DROP COLUMN office_unit_id',
  ),
];
