import { hasRole, type Viewer } from '@anjie/access';
import { isInDivision, refuse, type Refusal } from '@anjie/contracts';
import type { CaseStatus } from './life';

/** What is looked at of a case before it is linked with another. */
export interface MergedCase {
  readonly id: string;
  readonly divisionCode: string;
  readonly registeredUnitId: string | null;
  readonly status: CaseStatus;
  readonly purpose: string;
  readonly isSealed: number;
  /** The case that it is merged into. */
  readonly intoCaseId: string | null;
}

export type MergeRefusalCode = 'NOT_PERMITTED' | 'SAME_CASE' | 'ALREADY_LINKED' | 'TARGET_MERGED' | 'WOULD_MAKE_A_CYCLE' | 'SEALED' | 'REASON_MISSING';
type No = Refusal<MergeRefusalCode>;

/** Nobody but the registering unit has done anything yet. */
export const UNTOUCHED: ReadonlySet<CaseStatus> = new Set(['RECEIVED', 'REGISTERED']);

/**
 * Whether two cases are one matter is said by a joint office that holds both, or by the clerk of the registering unit while nobody but that unit
 * has touched the case. Sight of both cases is checked before.
 */
export function mayMerge(viewer: Viewer, one: MergedCase, other: MergedCase): boolean {
  const { divisionCode } = viewer;
  const holdsBoth = hasRole(viewer, 'JOINT_OFFICE') && divisionCode !== null && [one, other].every((row) => isInDivision(row.divisionCode, divisionCode));
  const isRegistrar = hasRole(viewer, 'WINDOW_CLERK', 'UNIT_HANDLER') && viewer.unitId !== null && one.registeredUnitId === viewer.unitId;
  return holdsBoth || (isRegistrar && UNTOUCHED.has(one.status));
}

/** Common to every decision about two cases. */
export function refusesPair(viewer: Viewer, one: MergedCase, other: MergedCase): No | undefined {
  if (one.id === other.id) return refuse('SAME_CASE', '同一信访事项不存在重复。', 'A case does not repeat itself.');
  if ([one, other].some((row) => row.purpose === 'ACCUSATION' || row.isSealed)) {
    return refuse('SEALED', '揭发控告材料不参与重复信访比对。', 'Accusations are never compared.', '《信访工作条例》第三十条');
  }
  if (mayMerge(viewer, one, other)) return undefined;
  return refuse('NOT_PERMITTED', '须由管辖两件事项的联席办，或在事项仅登记时由登记单位认定。', 'This is for a joint office that holds both cases, or for the registering unit while the case is only registered.');
}

/** Links go from a case that stands alone to another that stands alone, so they never make a cycle. */
export function refusesMerge(one: MergedCase, other: MergedCase): No | undefined {
  if (other.intoCaseId === one.id) return refuse('WOULD_MAKE_A_CYCLE', '对方事项已并入本事项。', 'The other case is merged into this one.');
  if (one.intoCaseId) return refuse('ALREADY_LINKED', '该事项已并入其他事项，请先撤销。', 'The case is merged already; undo that first.');
  return other.intoCaseId ? refuse('TARGET_MERGED', '对方事项已并入其他事项，请指向最终事项。', 'The other case is itself merged; name the one that holds it.') : undefined;
}

/** Control characters but newline and tab. */
const CONTROL = /[^\P{Cc}\t\n\r]/u;

export function refusesReason(reason: string, most: number): No | undefined {
  const length = [...reason.trim()].length;
  if (length >= 5 && length <= most && !CONTROL.test(reason)) return undefined;
  return refuse('REASON_MISSING', `请填写5至${most}字的理由。`, `Give a reason of 5 to ${most} characters.`);
}
