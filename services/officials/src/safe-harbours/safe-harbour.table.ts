import { EntitySchema } from 'typeorm';
import { ascii, day, id, reference, text, version } from '../directory/columns';

export const safeHarbourTable = new EntitySchema({
  name: 'SafeHarbour', tableName: 'safe_harbours',
  columns: { id, sponsorship_id: reference, case_id: reference, proposed_by: reference, measure: text(1000), ground: text(1000), state: ascii(12), proposed_on: day, version },
  indices: [{ name: 'ix_safe_harbours_sponsorship_id', columns: ['sponsorship_id', 'proposed_on'] }],
});

export const safeHarbourStepTable = new EntitySchema({
  name: 'SafeHarbourStep', tableName: 'safe_harbour_steps',
  columns: { safe_harbour_id: id, ordinal: { type: 'smallint', primary: true }, official_id: reference, decision: ascii(12), opinion: text(1000), on_date: day },
});
