import { EntitySchema } from 'typeorm';
import { ascii, uuid } from '../table-columns';

export const countedFigureTable = new EntitySchema({
  name: 'CountedFigure',
  tableName: 'counted_figures',
  columns: {
    obligation_id: { ...uuid, primary: true }, campaign_id: { ...uuid, primary: true }, figure: { ...ascii(48), primary: true }, division_code: ascii(12),
  },
});
