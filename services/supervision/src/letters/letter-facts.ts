import type { Viewer } from '@anjie/access';
import { isInDivision } from '@anjie/contracts';
import { BUSINESS_NOW, isId, select, type Sql } from '@anjie/service-kit/database';
import { knownUnit, type KnownUnit } from '@anjie/service-kit/facts';
import { hasUnitPart, isUnitExcluded } from '../case-facts';
import { casesSeen } from '../oversight-facts';
import type { InstrumentKind, LetterDraft } from '../rules/instruments';
import { letterRefusals as no, type LetterRefusal } from '../rules/letter-refusals';
import { ADDRESSED_ROLES } from '../rules/letters';

/** Why no letter can be about this case: it is not seen, or it is in the sealed lane. */
export async function caseObjection(tx: Sql, viewer: Viewer, caseId: string): Promise<LetterRefusal | null> {
  const [scope] = await casesSeen(tx, viewer, [caseId]);
  if (!scope) return no.notFound();
  return Number(scope.isSealed) === 1 ? no.sealed() : null;
}

/**
 * An office writes about cases of its division: a part in a case of another county shows it and commands nothing. A case may
 * also have been sealed, or have gone to another division, since the letter was written.
 */
export async function commandObjection(tx: Sql, { caseId, divisionCode }: { readonly caseId: string | null; readonly divisionCode: string | null }): Promise<LetterRefusal | null> {
  if (caseId === null) return null;
  const [scope] = await select<{ isSealed: number; divisionCode: string }>(tx, 'SELECT is_sealed AS isSealed, division_code AS divisionCode FROM case_scopes WHERE case_id = ?', [caseId]);
  if (!scope || scope.isSealed) return no.sealed();
  return divisionCode !== null && isInDivision(scope.divisionCode, divisionCode) ? null : no.outsideDivision();
}

export interface Addressing {
  readonly kind: InstrumentKind;
  readonly draft: LetterDraft;
  readonly toUnitId: string;
  readonly viewer: Viewer;
}

/** Why the letter may not go to, or be about, these: parts in the case, exclusion, division, office. */
export async function addresseeObjection(tx: Sql, addressing: Addressing): Promise<LetterRefusal | null> {
  const { kind, draft, toUnitId } = addressing;
  if (!isId(toUnitId) || (draft.aboutUnitId !== null && !isId(draft.aboutUnitId))) return no.unitNotInCase();
  const isAuthority = kind.addresseeKinds.length > 0;
  const asked = [...(isAuthority ? [] : [toUnitId]), ...(draft.aboutUnitId === null || draft.aboutUnitId === toUnitId ? [] : [draft.aboutUnitId])];
  const wrong = draft.caseId === null ? await divisionObjection(tx, addressing, asked) : await partObjection(tx, draft.caseId, { asked, all: [...asked, toUnitId] });
  return wrong ?? (isAuthority ? await authorityObjection(tx, addressing) : null) ?? (await officialObjection(tx, addressing)) ?? (await approverObjection(tx, addressing));
}

async function partObjection(tx: Sql, caseId: string, { asked, all }: { asked: readonly string[]; all: readonly string[] }): Promise<LetterRefusal | null> {
  for (const unitId of asked) if (!(await hasUnitPart(tx, { caseId, unitId, roles: ADDRESSED_ROLES }))) return no.unitNotInCase();
  for (const unitId of all) if (await isUnitExcluded(tx, caseId, unitId)) return no.unitExcluded();
  return null;
}

async function divisionObjection(tx: Sql, { viewer }: Addressing, asked: readonly string[]): Promise<LetterRefusal | null> {
  for (const unitId of asked) {
    const unit = await knownUnit(tx, unitId);
    if (!unit || viewer.divisionCode === null || !isInDivision(unit.divisionCode, viewer.divisionCode)) return no.outsideDivision();
  }
  return null;
}

/** An organ of the office's own division, of one above or of one below. */
const isInLine = (unit: KnownUnit, { divisionCode }: Viewer): boolean =>
  divisionCode !== null && (isInDivision(unit.divisionCode, divisionCode) || isInDivision(divisionCode, unit.divisionCode));

async function authorityObjection(tx: Sql, { kind, toUnitId, viewer }: Addressing): Promise<LetterRefusal | null> {
  const unit = await knownUnit(tx, toUnitId);
  if (!unit || !kind.addresseeKinds.includes(unit.kind)) return no.wrongAddressee();
  return isInLine(unit, viewer) ? null : no.outsideDivision();
}

const TODAY = `DATE(${BUSINESS_NOW} + INTERVAL 8 HOUR)`;

async function officialObjection(tx: Sql, { draft: { toOfficialId, caseId }, toUnitId }: Addressing): Promise<LetterRefusal | null> {
  if (toOfficialId === null) return null;
  if (!isId(toOfficialId)) return no.wrongAddressee();
  const isOfUnit = await select(
    tx,
    `SELECT 1 FROM known_officials k WHERE k.id = ? AND k.valid_to IS NULL AND (k.unit_id = ? OR EXISTS (SELECT 1 FROM posts p
       WHERE p.official_id = k.id AND p.unit_id = ? AND p.started_on <= ${TODAY} AND (p.ended_on IS NULL OR p.ended_on > ${TODAY})))`,
    [toOfficialId, toUnitId, toUnitId],
  );
  if (isOfUnit.length === 0) return no.wrongAddressee();
  const isNamed = caseId !== null && (await select(tx, 'SELECT 1 FROM case_exclusions WHERE case_id = ? AND party_id = ?', [caseId, toOfficialId])).length > 0;
  return isNamed ? no.unitExcluded() : null;
}

async function approverObjection(tx: Sql, { draft: { approverUnitId, caseId }, viewer }: Addressing): Promise<LetterRefusal | null> {
  if (approverUnitId === null) return null;
  const organ = isId(approverUnitId) ? await knownUnit(tx, approverUnitId) : undefined;
  if (organ?.kind !== 'DISCIPLINE' || !isInLine(organ, viewer)) return no.approverMissing();
  return caseId !== null && (await isUnitExcluded(tx, caseId, organ.id)) ? no.unitExcluded() : null;
}

/** The viewer's unit is this one or stands above it. */
export async function isOfUnitOrAbove(tx: Sql, viewer: Viewer, unitId: string | null): Promise<boolean> {
  if (!viewer.unitId || unitId === null) return false;
  return (await select(tx, 'SELECT 1 FROM unit_closure WHERE descendant_id = ? AND ancestor_id = ?', [unitId, viewer.unitId])).length > 0;
}
