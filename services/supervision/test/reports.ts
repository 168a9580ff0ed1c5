import { randomUUID } from 'node:crypto';
import type { Viewer } from '@anjie/access';
import { putKnownDivisions, putKnownUnits, type CaseScope } from '@anjie/service-kit/facts';
import { haveCaseScope, viewers } from '@anjie/testing';
import { COUNTY, declare, key, type Supervision } from './builders';
import { haveOffice, relapse, reviewer, submit } from './closing';

export const CITY = '640100';

/** The city of Yinchuan with two counties; each county has a joint office, 兴庆区 three bureaus. */
export async function aCity(supervision: Supervision) {
  const { db } = supervision;
  await putKnownDivisions(db.manager, [
    { code: '640000', name: '宁夏回族自治区', parentCode: null, validTo: null }, { code: CITY, name: '银川市', parentCode: '640000', validTo: null },
    { code: COUNTY, name: '兴庆区', parentCode: CITY, validTo: null }, { code: '640105', name: '西夏区', parentCode: CITY, validTo: null },
  ]);
  const unit = async (code: string, name: string, divisionCode: string): Promise<string> => {
    const unitId = randomUUID();
    await putKnownUnits(db.manager, [{ unitId, code, name, kind: 'DEPARTMENT', divisionCode, ancestorIds: [], headOfficialId: null, successorUnitId: null, validTo: null }]);
    return unitId;
  };
  const housing = await unit('B01', '住建局', COUNTY);
  const labour = await unit('A02', '人社局', COUNTY);
  const civil = await unit('C03', '民政局', COUNTY);
  const west = await unit('A01', '西夏住建局', '640105');
  const cityOffice = await haveOffice(supervision, CITY);
  return { housing, labour, civil, west, cityOffice, office: viewers.jointOffice(CITY, cityOffice), handler: (unitId: string): Viewer => viewers.handler(unitId) };
}
export type City = Awaited<ReturnType<typeof aCity>>;

/** A case of a campaign's ledger that a unit leads. */
export const aLedgerCase = (supervision: Supervision, { unitId, campaignId, enteredOn = '2025-01-01', ...part }: { unitId: string; campaignId: string; enteredOn?: string } & Partial<CaseScope>): Promise<CaseScope> =>
  haveCaseScope(supervision.db, {
    leadUnitId: unitId, parties: [{ kind: 'UNIT', id: unitId, role: 'LEAD' }],
    ledgers: [{ campaignId, divisionCode: part.divisionCode ?? COUNTY, enteredOn, removedOn: null }], ...part,
  });

/** The case's file passes the close review as resolved, today. */
export async function resolve(supervision: Supervision, { caseId, unitId }: { caseId: string; unitId: string }): Promise<void> {
  const { closeReviewId } = await submit(supervision, { caseId, submittedUnitId: unitId });
  const first = viewers.jointOffice(COUNTY, await haveOffice(supervision, COUNTY));
  const second = viewers.jointOffice(COUNTY, first.unitId ?? '');
  const act = reviewer(supervision);
  await act.examine(first, closeReviewId);
  await act.decide(second, closeReviewId);
}

export { declare, haveOffice, key, relapse };

/** One mutation, as `answer`. */
export const actor = (supervision: Supervision) => async <Answer>(viewer: Viewer, name: string, { input, answer }: { input: object; answer: string }): Promise<Answer & { code?: string }> => {
  const type = `${name.slice(0, 1).toUpperCase()}${name.slice(1)}Input`;
  const data = await supervision.client.query<{ answer: Answer & { code?: string } }>(
    viewer, `mutation ($input: ${type}!) { answer: ${name}(input: $input) { ${answer} } }`, { input: { idempotencyKey: key(), ...input } },
  );
  return data.answer;
};
