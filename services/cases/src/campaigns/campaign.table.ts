import { EntitySchema } from 'typeorm';

const ascii = (length: number) => ({ type: 'varchar' as const, length: String(length), charset: 'ascii', collation: 'ascii_bin' });
const id = { type: 'uuid' as const, primary: true };
const day = { type: 'date' as const };
const optionalDay = { type: 'date' as const, nullable: true };

const campaignTable = new EntitySchema({
  name: 'Campaign', tableName: 'campaigns',
  columns: {
    id, code: ascii(64), name: { type: 'varchar', length: 200 }, parent_id: { type: 'uuid', nullable: true }, division_code: ascii(12),
    starts_on: day, ends_on: day, basis_documents: { type: 'text' }, cohort_from: day, cohort_to: day, cohort_frozen_on: optionalDay,
    cohort_hash: { type: 'binary', length: 32, nullable: true }, cohort_size: { type: 'int', nullable: true }, version: { type: 'bigint' },
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
  columns: { campaign_id: id, ordinal: { type: 'smallint', primary: true }, name: { type: 'varchar', length: 100 }, starts_on: day, ends_on: day },
});

const targetTable = new EntitySchema({
  name: 'CampaignTarget', tableName: 'campaign_targets',
  columns: { campaign_id: id, due_on: { type: 'date', primary: true }, percent: { type: 'smallint' }, minimum: { type: 'int', nullable: true } },
});

const ledgerTable = new EntitySchema({
  name: 'LedgerEntry', tableName: 'ledger_entries',
  columns: {
    id, campaign_id: { type: 'uuid' }, case_id: { type: 'uuid' }, entry_no: { type: 'int' }, division_code: ascii(12), entered_on: day,
    limit_on: optionalDay, resolved_on: optionalDay, version: { type: 'bigint' },
  },
  indices: [
    { name: 'uq_ledger_entries_case', unique: true, columns: ['campaign_id', 'case_id'] },
    { name: 'uq_ledger_entries_entry_no', unique: true, columns: ['campaign_id', 'entry_no'] },
    { name: 'ix_ledger_entries_case_id', columns: ['case_id'] },
  ],
});

export const campaignTables = [campaignTable, ancestorTable, phaseTable, targetTable, ledgerTable] as unknown as readonly EntitySchema<never>[];
