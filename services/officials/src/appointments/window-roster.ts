import { weekday } from '@anjie/calendar';
import { businessTime, isId, type Sql } from '@anjie/service-kit/database';
import type { Kinds } from '../kinds';
import { isoWeekday } from '../rules/appointing';
import { seatsOf, type SeatRow } from './appointment-repository';

/** 窗口值班表 of a unit on a day; an unknown unit has no seats. */
export interface WindowQuestion {
  readonly unitId: string;
  readonly on?: string | null | undefined;
}

export async function windowRoster(sql: Sql, kinds: Kinds, { unitId, on }: WindowQuestion): Promise<SeatRow[]> {
  if (!isId(unitId)) return [];
  const day = on ?? (await businessTime(sql)).today;
  return seatsOf(sql, { unitId, on: day, weekday: isoWeekday(weekday(day)), kinds: kinds.appointments.all.filter((kind) => kind.isWindow).map((kind) => kind.code) });
}
