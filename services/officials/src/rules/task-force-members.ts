export type TaskForceDuty = 'LEADER' | 'MEMBER';

export interface Seat {
  readonly officialId: string;
  readonly duty: TaskForceDuty;
}

export const MAX_MEMBERS = 50;

/** 工作专班: 1–50 different officials, exactly one of them leads. */
export function areMembersFit(members: readonly Seat[]): boolean {
  const isRightSize = members.length >= 1 && members.length <= MAX_MEMBERS;
  const areDifferent = new Set(members.map((m) => m.officialId)).size === members.length;
  return isRightSize && areDifferent && members.filter((m) => m.duty === 'LEADER').length === 1;
}

export interface SeatChanges {
  /** Seats that end; a changed duty ends one seat and begins another, so that the record keeps both. */
  readonly leave: readonly string[];
  readonly join: readonly Seat[];
}

export function seatChanges(present: readonly Seat[], wanted: readonly Seat[]): SeatChanges {
  const key = (seat: Seat): string => `${seat.officialId}|${seat.duty}`;
  const presentKeys = new Set(present.map(key));
  const wantedKeys = new Set(wanted.map(key));
  return {
    leave: present.filter((seat) => !wantedKeys.has(key(seat))).map((seat) => seat.officialId),
    join: wanted.filter((seat) => !presentKeys.has(key(seat))),
  };
}
