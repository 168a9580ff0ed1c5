import { EntitySchema } from 'typeorm';
import { ascii, day, moment, uuid, whole } from '../table-columns';

const optionalId = { ...uuid, nullable: true };
const optionalDay = { ...day, nullable: true };
const text = (length: number) => ({ type: 'varchar' as const, length });

const listedSupervisionTable = new EntitySchema({
  name: 'ListedSupervision',
  tableName: 'listed_supervisions',
  columns: {
    id: { ...uuid, primary: true }, division_code: ascii(12), number_year: { type: 'smallint' }, serial: whole, letter_id: uuid, case_id: uuid, unit_id: uuid, office_unit_id: uuid,
    listed_by: uuid, listed_on: day, listed_at: moment, deadline_on: day, reason: text(1000), state: ascii(20), obligation_id: uuid, proposed_by: optionalId, proposed_on: optionalDay,
    proposal: { ...text(4000), nullable: true }, evidence: { ...text(500), nullable: true }, decided_by: optionalId, decided_on: optionalDay,
    decision_reason: { ...text(1000), nullable: true }, delisted_on: optionalDay, version: whole,
  },
  indices: [
    { name: 'uq_listed_supervisions_plate', unique: true, columns: ['division_code', 'number_year', 'serial'] },
    { name: 'uq_listed_supervisions_letter_id', unique: true, columns: ['letter_id'] },
    { name: 'ix_listed_supervisions_case_id', columns: ['case_id', 'listed_at'] },
    { name: 'ix_listed_supervisions_unit_id', columns: ['unit_id', 'listed_at'] },
    { name: 'ix_listed_supervisions_listed_at', columns: ['listed_at', 'id'] },
  ],
});

const plateCounterTable = new EntitySchema({
  name: 'PlateCounter',
  tableName: 'plate_counters',
  columns: { division_code: { ...ascii(12), primary: true }, number_year: { type: 'smallint', primary: true }, last_serial: whole },
});

const listingProgressTable = new EntitySchema({
  name: 'ListingProgress',
  tableName: 'listing_progress',
  columns: { id: { ...uuid, primary: true }, listing_id: uuid, reported_by: uuid, reporting_unit_id: uuid, reported_on: day, reported_at: moment, text: text(4000) },
  indices: [{ name: 'ix_listing_progress_listing_id', columns: ['listing_id', 'reported_at'] }],
});

const focusManagementTable = new EntitySchema({
  name: 'FocusManagement',
  tableName: 'focus_managements',
  columns: {
    id: { ...uuid, primary: true }, unit_id: uuid, division_code: ascii(12), office_unit_id: uuid, begun_by: uuid, begun_on: day, until_on: day, reason: text(1000),
    overdue_obligations: whole, letters_without_progress: whole, open_listings: whole, ended_on: optionalDay, ended_by: optionalId,
    end_reason: { ...text(1000), nullable: true }, version: whole,
  },
  indices: [
    { name: 'ix_focus_managements_unit_id', columns: ['unit_id', 'begun_on'] },
    { name: 'ix_focus_managements_begun_on', columns: ['begun_on', 'id'] },
  ],
});

export const listingTables = [listedSupervisionTable, plateCounterTable, listingProgressTable, focusManagementTable];
