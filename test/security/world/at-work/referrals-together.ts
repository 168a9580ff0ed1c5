import { PERSONAS } from '../personas';
import { PLACES, type PlaceName } from '../places';
import type { SecuritySystem } from '../security-system';
import type { WorkCases } from './assistance-cases';
import { stepsOf, type Standing } from './standing';

/** The two referrals of a double hand-off, by their ids. */
export interface SentBoth {
  readonly resolving: string;
  readonly guiding: string;
}

/** 双向交办, on a fast lane. */
export async function referBoth(system: SecuritySystem, { supported }: WorkCases): Promise<SentBoth> {
  const { resolving, guiding } = await system.act('leadHandler', 'sendDoubleReferral', {
    caseId: supported.id, territoryUnitId: PLACES.labour.id, departmentUnitId: PLACES.civilAffairs.id, lane: 'FIRST_CONTACT', request: '请核实并就地化解。', guidanceRequest: '请就政策口径提出意见。',
  });
  return { resolving: resolving?.id ?? '', guiding: guiding?.id ?? '' };
}

/** One is taken on, with a further unit that helps and one that is needed no longer; about the other the two sides do not agree. */
export async function workTogether(system: SecuritySystem, { resolving, guiding }: SentBoth): Promise<void> {
  const { go } = stepsOf(system, { key: 'referralId', shows: 'referral' });
  const ask = async (at: Standing, place: PlaceName): Promise<Standing> => go('leadHandler', 'askCoHandler', { ...at, unitId: PLACES[place].id, task: '请提供相关资料', completeBy: '2023-01-31' });
  const helped = await ask(await ask(await standing(system, { table: 'referrals', id: resolving }), 'landReserve'), 'neighbourBureau');
  await go('referredHandler', 'acceptReferral', await go('referredHandler', 'signReferral', helped));
  await shareParts(system, resolving);
  const signed = await go('supportHandler', 'signReferral', await standing(system, { table: 'referrals', id: guiding }));
  const returning = await go('supportHandler', 'requestReferralReturn', { ...signed, reason: '不属于本单位职责' });
  await go('leadHandler', 'refuseReferralReturn', { ...returning, reason: '政策由贵单位解释' });
}

async function shareParts(system: SecuritySystem, referralId: string): Promise<void> {
  const { go } = stepsOf(system, { key: 'coHandlingId', shows: 'referral' });
  const part = async (place: PlaceName): Promise<Standing> => {
    const [row] = await system.rows<{ id: string }>('SELECT id FROM assistance.referral_co_handlings WHERE referral_id = ? AND unit_id = ?', [referralId, PLACES[place].id]);
    return standing(system, { table: 'referral_co_handlings', id: row?.id ?? '' });
  };
  await go('accusedHandler', 'signCoHandling', await part('landReserve'));
  const { id, version } = await part('landReserve');
  await system.act('accusedHandler', 'reassignTasks', { toOfficialId: PERSONAS.accusedHandler.id, items: [{ kind: 'CO_HANDLING', id, expectedVersion: version }] });
  await go('leadHandler', 'releaseCoHandler', await part('neighbourBureau'));
}

async function standing(system: SecuritySystem, { table, id }: { readonly table: 'referrals' | 'referral_co_handlings'; readonly id: string }): Promise<Standing> {
  const [row] = await system.rows<{ id: string; version: string }>(`SELECT id, version FROM assistance.${table} WHERE id = ?`, [id]);
  if (!row) throw new RangeError(`no row of ${table}`);
  return { id: row.id, version: Number(row.version) };
}
