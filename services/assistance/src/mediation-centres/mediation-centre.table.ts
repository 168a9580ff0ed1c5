import { EntitySchema } from 'typeorm';

const ascii = (length: number) => ({ type: 'varchar' as const, length: String(length), charset: 'ascii', collation: 'ascii_bin' });
const text = (length: number) => ({ type: 'varchar' as const, length });
const uuid = { type: 'uuid' as const };
const day = { type: 'date' as const };
const nullable = { nullable: true };
const version = { type: 'int' as const, default: 1 };

export const mediationCentreTable = new EntitySchema({
  name: 'MediationCentre',
  tableName: 'mediation_centres',
  columns: {
    id: { ...uuid, primary: true }, kind: ascii(48), level: ascii(12), name: text(100), unit_id: uuid, division_code: ascii(12), services: ascii(400), open_hours: text(200),
    address: text(200), phone: { ...ascii(20), ...nullable }, opened_on: day, closed_on: { ...day, ...nullable }, version,
  },
  indices: [
    { name: 'ix_mediation_centres_unit_id', columns: ['unit_id'] },
    { name: 'ix_mediation_centres_division_code', columns: ['division_code'] },
  ],
});

export const stationChecklistTable = new EntitySchema({
  name: 'StationChecklist',
  tableName: 'station_checklists',
  columns: { id: { ...uuid, primary: true }, kind: ascii(48), unit_id: uuid, division_code: ascii(12), centre_id: { ...uuid, ...nullable }, started_on: day, started_by: uuid, version },
  indices: [
    { name: 'ix_station_checklists_unit_id', columns: ['unit_id'] },
    { name: 'ix_station_checklists_centre_id', columns: ['centre_id'] },
    { name: 'ix_station_checklists_division_code', columns: ['division_code'] },
  ],
});

export const stationChecklistItemTable = new EntitySchema({
  name: 'StationChecklistItem',
  tableName: 'station_checklist_items',
  columns: { checklist_id: { ...uuid, primary: true }, item_code: { ...ascii(48), primary: true }, done_on: day, evidence: text(300), filled_by: uuid },
});

export const publicityActivityTable = new EntitySchema({
  name: 'PublicityActivity',
  tableName: 'publicity_activities',
  columns: {
    id: { ...uuid, primary: true }, centre_id: uuid, kind: ascii(48), month: ascii(7), topic: text(200), held_on: day, attendance: { type: 'int' }, materials: { type: 'int' },
    rights_sheets: { type: 'int' }, recorded_by: uuid, version,
  },
  indices: [
    { name: 'ix_publicity_activities_centre_id_month', columns: ['centre_id', 'month'] },
    { name: 'ix_publicity_activities_held_on', columns: ['held_on'] },
  ],
});
