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

/** How an official holds a post: 正式任职、代理(主持工作)、借调(挂职). */
export const POST_KINDS = ['PRIMARY', 'ACTING', 'SECONDED'] as const;
export type PostKind = (typeof POST_KINDS)[number];

/** 干部, a person in office, with the post that is current, every post that there ever was, and whose sessions are over. */
export const OfficialChanged = defineEvent({
  name: 'official-changed',
  schemaVersion: 2,
  ordering: 'SNAPSHOT',
  payload: z.object({
    officialId: z.uuid(),
    staffNo: z.string(),
    name: z.string(),
    unitId: z.uuid().nullable(),
    validTo: day.nullable(),
    /** A message of before version 2 says nothing of posts: those that are known stay. */
    posts: z.array(z.object({ unitId: z.uuid(), kind: z.enum(POST_KINDS), startedOn: day, endedOn: day.nullable() })).optional(),
    /** Tokens of before this moment are not good any more. */
    sessionsValidAfter: z.iso.datetime().nullish(),
  }),
});
