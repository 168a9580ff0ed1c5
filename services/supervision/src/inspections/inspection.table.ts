import { EntitySchema } from 'typeorm';
import { ascii, day, uuid, whole } from '../table-columns';

const optional = <Column extends object>(column: Column) => ({ ...column, nullable: true });
const words = (length: number) => ({ type: 'varchar' as const, length });
const text = { type: 'text' as const };
const flag = { type: 'boolean' as const };

const teamTable = new EntitySchema({
  name: 'InspectionTeam', tableName: 'inspection_teams',
  columns: {
    id: { ...uuid, primary: true }, kind: ascii(16), name: words(100), unit_id: uuid, division_code: ascii(12), campaign_id: optional(uuid), formed_on: day, formed_by: uuid,
    disbanded_on: optional(day), version: whole,
  },
  indices: [
    { name: 'ix_inspection_teams_formed_on', columns: ['formed_on', 'id'] },
    { name: 'ix_inspection_teams_division_code', columns: ['division_code'] },
  ],
});

const memberTable = new EntitySchema({
  name: 'InspectionTeamMember', tableName: 'inspection_team_members',
  columns: { id: { ...uuid, primary: true }, team_id: uuid, official_id: uuid, is_leader: flag, since_on: day, until_on: optional(day) },
  indices: [
    { name: 'ix_inspection_team_members_team_id', columns: ['team_id', 'is_leader', 'since_on'] },
    { name: 'ix_inspection_team_members_official_id', columns: ['official_id', 'team_id'] },
  ],
});

const boundDivisionTable = new EntitySchema({
  name: 'InspectionTeamDivision', tableName: 'inspection_team_divisions',
  columns: { id: { ...uuid, primary: true }, team_id: uuid, division_code: ascii(12), shares_responsibility: flag, since_on: day, until_on: optional(day) },
  indices: [
    { name: 'ix_inspection_team_divisions_team_id', columns: ['team_id', 'since_on'] },
    { name: 'ix_inspection_team_divisions_division_code', columns: ['division_code', 'team_id'] },
  ],
});

const inspectionTable = new EntitySchema({
  name: 'Inspection', tableName: 'inspections',
  columns: {
    id: { ...uuid, primary: true }, kind: ascii(48), title: words(200), leading_unit_id: uuid, team_id: optional(uuid), is_shared: flag, division_code: ascii(12),
    unit_id: optional(uuid), case_id: optional(uuid), campaign_id: optional(uuid), planned_by: uuid, planned_on: day, state: ascii(12), started_on: optional(day),
    report_due_on: optional(day), report_obligation_id: optional(uuid), report: optional(text), reported_on: optional(day), reported_by: optional(uuid),
    closed_on: optional(day), close_note: optional(text), version: whole,
  },
  indices: [
    { name: 'ix_inspections_planned_on', columns: ['planned_on', 'id'] },
    { name: 'ix_inspections_division_code', columns: ['division_code', 'planned_on', 'id'] },
    { name: 'ix_inspections_unit_id', columns: ['unit_id', 'planned_on', 'id'] },
    { name: 'ix_inspections_case_id', columns: ['case_id', 'planned_on', 'id'] },
  ],
});

const partnerTable = new EntitySchema({
  name: 'InspectionPartner', tableName: 'inspection_partners', columns: { inspection_id: { ...uuid, primary: true }, unit_id: { ...uuid, primary: true } },
});

const findingTable = new EntitySchema({
  name: 'InspectionFinding', tableName: 'inspection_findings',
  columns: {
    id: { ...uuid, primary: true }, inspection_id: uuid, unit_id: uuid, case_id: optional(uuid), ground: ascii(32), text, evidence_ref: words(200), found_on: day, found_by: uuid,
    rectify_by: day, obligation_id: uuid, shared_obligation_id: optional(uuid), state: ascii(12), rectification: optional(text), rectification_ref: optional(words(200)),
    rectified_on: optional(day), rectified_by: optional(uuid), decided_on: optional(day), decided_by: optional(uuid), decision_note: optional(text), version: whole,
  },
  indices: [
    { name: 'ix_inspection_findings_inspection_id', columns: ['inspection_id', 'found_on', 'id'] },
    { name: 'ix_inspection_findings_unit_id', columns: ['unit_id', 'found_on', 'id'] },
  ],
});

export const inspectionTables = [teamTable, memberTable, boundDivisionTable, inspectionTable, partnerTable, findingTable] as const;
