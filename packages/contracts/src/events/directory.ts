import { z } from 'zod';
import { DIVISION_CODE } from '../divisions';
import { defineEvent } from './define';

const day = z.iso.date();

/** 行政区划 of GB/T 2260. Aggregate id: a name-based uuid of the code. */
export const DivisionChanged = defineEvent({
  name: 'division-changed',
  schemaVersion: 1,
  ordering: 'SNAPSHOT',
  payload: z.object({
    code: z.string().regex(DIVISION_CODE),
    name: z.string(),
    parentCode: z.string().regex(DIVISION_CODE).nullable(),
    validTo: day.nullable(),
  }),
});

/** 单位, with its ancestors so that a listener needs no order among units. */
export const UnitChanged = defineEvent({
  name: 'unit-changed',
  schemaVersion: 1,
  ordering: 'SNAPSHOT',
  payload: z.object({
    unitId: z.uuid(),
    code: z.string(),
    name: z.string(),
    kind: z.string(),
    divisionCode: z.string().regex(DIVISION_CODE),
    ancestorIds: z.array(z.uuid()),
    headOfficialId: z.uuid().nullable(),
    successorUnitId: z.uuid().nullable(),
    validTo: day.nullable(),
  }),
});

/** 干部, a person in office, with the post that is current. */
export const OfficialChanged = defineEvent({
  name: 'official-changed',
  schemaVersion: 1,
  ordering: 'SNAPSHOT',
  payload: z.object({
    officialId: z.uuid(),
    staffNo: z.string(),
    name: z.string(),
    unitId: z.uuid().nullable(),
    validTo: day.nullable(),
  }),
});
