import { attachPapers } from '../world/after-cases';
import { idsOf, register, type KnownCase } from '../world/known-cases';
import { assign, step } from '../world/lives';
import { TODAY } from '../world/ordinary-cases';
import { PERSONAS } from '../world/personas';
import { PLACES } from '../world/places';
import { accuse, transfer, type SealedCase } from '../world/sealed-cases';
import type { SecuritySystem } from '../world/security-system';

export interface MaskedCases {
  readonly ordinary: KnownCase & { readonly documentId: string; readonly attachmentId: string; readonly complaintId: string; readonly dataRequestId: string; readonly petitionerRef: string };
  readonly withOrgan: SealedCase & { readonly petitionerRef: string };
  readonly atHall: SealedCase;
}

/** One case with everything that is protected in it, and two accusations. */
export async function makeMaskedCases(system: SecuritySystem): Promise<MaskedCases> {
  const made = await register(system, { no: 950, county: 'here', today: TODAY });
  const one = await assign(system, made, { lead: 'housing', kind: 'ASSIGN', supportUnitIds: [PLACES.civilAffairs.id] });
  await system.settled();
  await system.act('countyOffice', 'sponsorCase', { caseId: one.id, officialId: PERSONAS.sponsor.id });
  await system.settled();
  await step(system, 'leadHandler', ['routeCase', one.id, { route: 'ART31_6', ground: '需要调查核实' }]);
  await step(system, 'leadHandler', ['acceptCase', one.id, { noticeMethod: 'POST' }]);
  await system.act('leadHandler', 'sendReferral', { caseId: one.id, toUnitId: PLACES.labour.id, purpose: 'RELIEF', request: '请核查并给予救助。' });
  await system.settled();
  await system.act('countyOffice', 'excludeFromCase', { caseId: one.id, unitId: PLACES.landReserve.id, reason: '信访人反映其涉及此事' });
  await system.act('countyOffice', 'excludeFromCase', { caseId: one.id, officialId: PERSONAS.excludedOfficial.id, reason: '信访人反映其涉及此事' });
  await system.act('website', 'complainOfRetaliation', { ...one.receipt, office: 'HANDLING_UNIT', text: '反映问题之后，单位停发了我的补助。' });
  await system.act('windowClerk', 'recordDataRequest', { petitionId: one.petitionId, right: 'EXPLANATION', words: '请说明我的个人信息被谁查看过。' });
  await attachPapers(system, [one]);
  const land = [{ unitId: PLACES.landReserve.id }];
  const withOrgan = await accuse(system, { no: 951, registrar: 'windowClerk', accused: land });
  const atHall = await accuse(system, { no: 952, registrar: 'windowClerk', accused: land });
  await system.settled();
  await transfer(system, withOrgan);
  await system.settled();
  const first = async (sql: string, id: string): Promise<string> => (await idsOf(system, sql, [id]))[0] ?? '';
  const refOf = (petitionId: string) => first('SELECT id FROM cases.petitioners WHERE petition_id = ?', petitionId);
  return {
    ordinary: {
      ...one, documentId: await first("SELECT id FROM cases.documents WHERE case_id = ? AND kind = 'ACCEPTANCE'", one.id), attachmentId: await first('SELECT id FROM cases.attachments WHERE case_id = ?', one.id),
      dataRequestId: await first('SELECT id FROM cases.data_requests WHERE case_id = ?', one.id),
      complaintId: await first('SELECT id FROM cases.retaliation_complaints WHERE case_id = ?', one.id), petitionerRef: await refOf(one.petitionId),
    },
    withOrgan: { ...withOrgan, petitionerRef: await refOf(withOrgan.petitionId) }, atHall,
  };
}
