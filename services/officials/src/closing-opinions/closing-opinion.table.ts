import { EntitySchema } from 'typeorm';
import { ascii, day, id, optionalDay, optionalReference, reference, text, version } from '../directory/columns';

export const closingOpinionTable = new EntitySchema({
  name: 'ClosingOpinion', tableName: 'closing_opinions',
  columns: {
    id, case_id: reference, active_case_id: optionalReference, official_id: reference, capacity: ascii(16), unit_id: reference, revision: { type: 'int' },
    is_agreed: { type: 'boolean' }, opinion: { type: 'text' }, on_report: { ...text(200), nullable: true }, report_document_id: optionalReference,
    signed_on: day, withdrawn_on: optionalDay, withdrawal_reason: { ...text(500), nullable: true }, version,
  },
  indices: [
    { name: 'uq_closing_opinions_active', unique: true, columns: ['active_case_id', 'official_id'] },
    { name: 'uq_closing_opinions_revision', unique: true, columns: ['case_id', 'revision'] },
    { name: 'ix_closing_opinions_official_id', columns: ['official_id', 'signed_on'] },
  ],
});
