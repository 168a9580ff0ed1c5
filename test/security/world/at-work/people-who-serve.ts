import { PLACES } from '../places';
import type { SecuritySystem } from '../security-system';
import { stepsOf } from './standing';

/** Who may be asked: ids of the directory, of the pools, and of the contract of the housing bureau. */
export interface Serving {
  readonly lawyerId: string;
  readonly mediatorId: string;
  readonly countyExpertId: string;
  readonly contractId: string;
}

const CONSENTED = { consentedOn: '2022-01-04', validFrom: '2022-01-04' };

/** Directory and pools: two counties and a city, some of the people employed by a unit of the directory. */
export async function listPeople(system: SecuritySystem): Promise<Omit<Serving, 'contractId'>> {
  const participants = stepsOf(system, { key: 'participantId', shows: 'participant' });
  const experts = stepsOf(system, { key: 'expertId', shows: 'expert' });
  const employerUnitId = PLACES.cityGovernment.id;
  const lawyer = await participants.begin('countyOffice', 'listParticipant', { kind: 'LAWYER', name: '某律师', divisionCode: '640104', employer: '律师事务所', ...CONSENTED });
  const mediator = await participants.begin('neighbourOffice', 'listParticipant', { kind: 'PEOPLES_MEDIATOR', name: '某调解员', divisionCode: '640105', employerUnitId, ...CONSENTED });
  const ofCounty = await experts.begin('countyOffice', 'appointExpert', { name: '某专家', field: '不动产登记', poolDivisionCode: '640104', employerUnitId, ...CONSENTED });
  await experts.begin('cityOffice', 'appointExpert', { name: '市级专家', field: '土地征收', poolDivisionCode: '640100', employer: '大学', ...CONSENTED });
  return { lawyerId: lawyer.id, mediatorId: mediator.id, countyExpertId: ofCounty.id };
}

const TERMS = { scope: '政策解释、调解、调查取证', fromOn: '2022-12-01', toOn: '2023-12-31', confidentialityOn: '2022-11-30', deliverables: [{ title: '服务报告', dueOn: '2023-06-30' }] };

/** Of no case. @returns the contract of the housing bureau */
export async function signContracts(system: SecuritySystem): Promise<string> {
  const { begin } = stepsOf(system, { key: 'contractId', shows: 'contract' });
  const own = await begin('leadHandler', 'signServiceContract', { ...TERMS, provider: '甲律师事务所', contractRef: '服务〔2022〕1号', supervisingUnitId: PLACES.civilAffairs.id });
  await begin('accusedHandler', 'signServiceContract', { ...TERMS, provider: '乙评估机构', contractRef: '服务〔2022〕2号', supervisingUnitId: PLACES.landBureau.id });
  await begin('neighbourHandler', 'signServiceContract', { ...TERMS, provider: '丙社工机构', contractRef: '服务〔2022〕3号' });
  return own.id;
}
