import { EntitySchema } from 'typeorm';

const ascii = (length: number) => ({ type: 'varchar' as const, length: String(length), charset: 'ascii', collation: 'ascii_bin' });
const key = { type: 'uuid' as const, primary: true };

export const countedFigureTable = new EntitySchema({
  name: 'CountedFigure',
  tableName: 'counted_figures',
  columns: {
    case_id: key, figure: { ...ascii(48), primary: true }, subject_id: key, campaign_id: key, division_code: { ...ascii(12), primary: true },
    from_on: { type: 'date' }, until_on: { type: 'date', nullable: true },
  },
});
