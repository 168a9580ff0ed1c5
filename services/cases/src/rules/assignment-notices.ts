import type { NoticeKind } from '@anjie/contracts';

export interface UnitsNamed {
  readonly leadUnitId: string;
  readonly supportUnitIds?: readonly string[] | null | undefined;
  readonly guideUnitId?: string | null | undefined;
}

export interface UnitNotice {
  readonly kind: NoticeKind;
  readonly unitId: string;
}

/** Whom an order concerns: the units that it names each with their part, and the unit that led until now, if another one leads. */
export function assignmentNotices(leadBefore: string | null, { leadUnitId, supportUnitIds, guideUnitId }: UnitsNamed): UnitNotice[] {
  const named: UnitNotice[] = [
    { kind: 'CASE_ASSIGNED', unitId: leadUnitId },
    ...(supportUnitIds ?? []).map((unitId): UnitNotice => ({ kind: 'CASE_SUPPORT_ASKED', unitId })),
    ...(guideUnitId ? [{ kind: 'CASE_GUIDANCE_ASKED' as const, unitId: guideUnitId }] : []),
  ];
  const keepsPart = leadBefore === null || named.some(({ unitId }) => unitId === leadBefore);
  return keepsPart ? named : [...named, { kind: 'CASE_REASSIGNED', unitId: leadBefore }];
}
