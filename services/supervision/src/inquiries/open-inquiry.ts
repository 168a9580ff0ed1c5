import type { EntityManager } from 'typeorm';
import { AppError } from '@anjie/contracts';
import { audit, isId, updateVersion, type Actor, type Row } from '@anjie/service-kit/database';
import { standingOf } from '../reviewer-facts';
import { inquirerObjection } from '../rules/inquiry';
import { inquiryRefusals as no, type InquiryRefusal } from '../rules/inquiry-refusals';
import { visibleInquiries, type InquiryRow } from './inquiry-repository';

export type InquiryAnswer = { readonly inquiryId: string } | InquiryRefusal;

export interface InquiryWish {
  readonly idempotencyKey: string;
  readonly inquiryId: string;
  readonly expectedVersion: number;
}

export const findInquiry = async (tx: EntityManager, id: string, { viewer }: Actor): Promise<InquiryRow | undefined> => (isId(id) ? (await visibleInquiries(tx, viewer, [id]))[0] : undefined);

export function freshInquiry(row: InquiryRow, expectedVersion: number): void {
  if (row.version !== expectedVersion) throw new AppError('CONFLICT', { currentVersion: row.version });
}

/** The inquiry as the viewer sees it, if the viewer conducts it. */
export async function conductedBy(tx: EntityManager, { inquiryId, expectedVersion }: InquiryWish, actor: Actor): Promise<InquiryRow | InquiryRefusal> {
  const row = await findInquiry(tx, inquiryId, actor);
  if (!row) return no.notFound();
  const { isOfUnit, hasPartInCase } = await standingOf(tx, actor.viewer, { unitId: row.tracedUnitId, caseId: row.caseId });
  const objection = inquirerObjection(actor.viewer, { divisionCode: row.divisionCode, conductingUnitId: row.conductingUnitId, isOfTracedUnit: isOfUnit, hasPartInCase });
  if (objection) return objection;
  freshInquiry(row, expectedVersion);
  return row;
}

export async function moveInquiry(tx: EntityManager, { id, version }: InquiryRow, set: Row): Promise<void> {
  if (!(await updateVersion(tx, 'inquiries', { id, version, set }))) throw new AppError('CONFLICT', { currentVersion: version + 1 });
}

export const noteInquiry = (tx: EntityManager, row: InquiryRow, { actor, action, detail }: { actor: Actor; action: string; detail?: Record<string, unknown> }): Promise<void> =>
  audit(tx, actor, { action: `inquiry.${action}`, subjectType: 'Inquiry', subjectId: row.id, caseId: row.caseId, ...(detail ? { detail } : {}) });
