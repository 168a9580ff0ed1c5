import { EntitySchema } from 'typeorm';
import { ascii, day, id, optionalDay, optionalReference, reference, text, version } from '../directory/columns';

export const agendaItemTable = new EntitySchema({
  name: 'AgendaItem', tableName: 'agenda_items',
  columns: {
    id, body_unit_id: reference, division_code: ascii(12), paper: ascii(16), subject: text(300), on_date: day, outcome: ascii(12), decision: { ...text(2000), nullable: true },
    decided_on: optionalDay, case_id: optionalReference, campaign_id: optionalReference, put_by: ascii(64), version,
  },
  indices: [
    { name: 'ix_agenda_items_body_unit_id', columns: ['body_unit_id', 'on_date'] },
    { name: 'ix_agenda_items_case_id', columns: ['case_id', 'on_date'] },
    { name: 'ix_agenda_items_campaign_id', columns: ['campaign_id', 'on_date'] },
  ],
});
