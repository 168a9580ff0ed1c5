import { EntitySchema } from 'typeorm';

const ascii = (length: number) => ({ type: 'varchar' as const, length: String(length), charset: 'ascii', collation: 'ascii_bin' });
const id = { type: 'uuid' as const, primary: true };
const day = { type: 'date' as const };
const text = (length: number) => ({ type: 'varchar' as const, length, nullable: true });
const optionalDay = { type: 'date' as const, nullable: true };

const campaignTable = new EntitySchema({
  name: 'Campaign', tableName: 'campaigns',
  columns: {
    id, code: ascii(64), name: { type: 'varchar', length: 200 }, parent_id: { type: 'uuid', nullable: true }, division_code: ascii(12),
    starts_on: day, ends_on: day, basis_documents: { type: 'text' }, goals: { type: 'text', default: '[]' }, cohort_from: day, cohort_to: day, cohort_frozen_on: optionalDay,
    cohort_hash: { type: 'binary', length: 32, nullable: true }, cohort_size: { type: 'int', nullable: true }, cohort_sources: { ...ascii(64), default: '' }, version: { type: 'bigint' },
  },
  indices: [
    { name: 'uq_campaigns_code', unique: true, columns: ['code'] },
    { name: 'ix_campaigns_parent_id', columns: ['parent_id', 'code'] },
    { name: 'ix_campaigns_division_code', columns: ['division_code'] },
  ],
});

const ancestorTable = new EntitySchema({
  name: 'CampaignAncestor', tableName: 'campaign_ancestors',
  columns: { campaign_id: id, ancestor_id: id },
  indices: [{ name: 'ix_campaign_ancestors_ancestor_id', columns: ['ancestor_id'] }],
});

const phaseTable = new EntitySchema({
  name: 'CampaignPhase', tableName: 'campaign_phases',
  columns: {
    campaign_id: id, ordinal: { type: 'smallint', primary: true }, name: { type: 'varchar', length: 100 }, starts_on: day, ends_on: day,
    entry_criteria: text(1000), exit_criteria: text(1000), entered_on: optionalDay, entry_decision: text(500), entered_by: { ...ascii(64), nullable: true },
    left_on: optionalDay, exit_decision: text(500), left_by: { ...ascii(64), nullable: true },
  },
});

const targetTable = new EntitySchema({
  name: 'CampaignTarget', tableName: 'campaign_targets',
  columns: {
    campaign_id: id, base: { ...ascii(8), primary: true, default: 'COHORT' }, due_on: { type: 'date', primary: true }, percent: { type: 'smallint' },
    minimum: { type: 'int', nullable: true },
  },
});

const ledgerTable = new EntitySchema({
  name: 'LedgerEntry', tableName: 'ledger_entries',
  columns: {
    id, campaign_id: { type: 'uuid' }, case_id: { type: 'uuid' }, entry_no: { type: 'int' }, division_code: ascii(12), entered_on: day,
    limit_on: optionalDay, resolved_on: optionalDay, cohort: { ...ascii(8), default: 'CAMPAIGN' }, source: { ...ascii(8), nullable: true }, struck_off_on: optionalDay,
    version: { type: 'bigint' },
  },
  indices: [
    { name: 'uq_ledger_entries_case', unique: true, columns: ['campaign_id', 'case_id'] },
    { name: 'uq_ledger_entries_entry_no', unique: true, columns: ['campaign_id', 'entry_no'] },
    { name: 'ix_ledger_entries_case_id', columns: ['case_id'] },
  ],
});

const eventTable = new EntitySchema({
  name: 'LedgerEvent', tableName: 'ledger_events',
  columns: {
    id: { type: 'bigint', primary: true, generated: 'increment' }, entry_id: { type: 'uuid' }, kind: ascii(16), on_date: day, ground: text(500), actor: ascii(64),
  },
  indices: [{ name: 'ix_ledger_events_entry_id', columns: ['entry_id', 'id'] }],
});

export const campaignTables = [campaignTable, ancestorTable, phaseTable, targetTable, ledgerTable, eventTable] as unknown as readonly EntitySchema<never>[];
