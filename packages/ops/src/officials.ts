import { businessTime, select, type Actor } from '@anjie/service-kit/database';
import type { System } from './system';

export interface FourEyes {
  /** Staff numbers of two different officials. */
  readonly by: string;
  readonly confirmedBy: string;
}
export interface Signed {
  readonly actor: Actor;
  readonly by: string;
  readonly confirmedBy: string;
}

/** The two officials by their ids. @throws Error when one of them does not exist, has left, or is the other */
export async function bothOfficials(system: System, names: FourEyes, requestId: string): Promise<Signed> {
  const sql = system.db('officials').manager;
  const { today } = await businessTime(sql);
  const rows = await select<{ id: string; staffNo: string }>(
    sql, 'SELECT id, staff_no AS staffNo FROM officials WHERE staff_no IN (?) AND (valid_to IS NULL OR valid_to > ?)', [[names.by, names.confirmedBy], today],
  );
  const idOf = (staffNo: string): string => {
    const found = rows.find((row) => row.staffNo === staffNo);
    if (!found) throw new Error(`There is no official in office with the staff number "${staffNo}".`);
    return found.id;
  };
  const [by, confirmedBy] = [idOf(names.by), idOf(names.confirmedBy)];
  if (by === confirmedBy) throw new Error('Two different officials are needed: who asks does not confirm.');
  return { by, confirmedBy, actor: { viewer: { kind: 'OFFICIAL', subject: by, unitId: null, divisionCode: null, roles: [], locale: 'zh-CN' }, requestId } };
}
