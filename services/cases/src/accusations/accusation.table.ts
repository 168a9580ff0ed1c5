import { EntitySchema } from 'typeorm';

const ascii = (length: number) => ({ type: 'varchar' as const, length: String(length), charset: 'ascii', collation: 'ascii_bin' });
const id = { type: 'uuid' as const, primary: true };
const uuid = { type: 'uuid' as const };
const optionalId = { type: 'uuid' as const, nullable: true };
const sealed = (length: number) => ({ type: 'varbinary' as const, length });

const accusationTable = new EntitySchema({
  name: 'Accusation', tableName: 'accusations',
  columns: {
    case_id: id, stage: ascii(16), stage_on: { type: 'date' }, to_unit_id: optionalId, transferred_on: { type: 'date', nullable: true },
    transferred_by: { ...ascii(64), nullable: true }, note_sealed: { ...sealed(4200), nullable: true },
  },
});

const textTable = new EntitySchema({
  name: 'AccusationText', tableName: 'accusation_texts',
  columns: { petition_id: id, case_id: uuid, body_sealed: { type: 'mediumblob' } },
  indices: [{ name: 'ix_accusation_texts_case_id', columns: ['case_id'] }],
});

const accusedTable = new EntitySchema({
  name: 'AccusedParty', tableName: 'accused_parties',
  columns: { id, case_id: uuid, unit_id: optionalId, official_id: optionalId, description_sealed: { ...sealed(2100), nullable: true } },
  indices: [{ name: 'ix_accused_parties_case_id', columns: ['case_id'] }],
});

const readingTable = new EntitySchema({
  name: 'AccusationReading', tableName: 'accusation_readings',
  columns: { id, case_id: uuid, reader: ascii(64), read_at: { type: 'datetime', precision: 3 }, reason_sealed: sealed(900) },
  indices: [{ name: 'ix_accusation_readings_reader', columns: ['reader', 'read_at'] }],
});

export const accusationTables = [accusationTable, textTable, accusedTable, readingTable] as unknown as readonly EntitySchema<never>[];
