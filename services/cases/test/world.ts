import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { createFolderStorage } from '@anjie/service-kit/files';
import { createSeal, createOutbox } from '@anjie/service-kit/messaging';
import { putKnownDivisions, putKnownOfficials, putKnownUnits, putUnitAncestors } from '@anjie/service-kit/facts';
import { createLog } from '@anjie/service-kit/runtime';
import { openTestDatabase, setBusinessNow, subgraphClient, viewers } from '@anjie/testing';
import type { Admit } from '@anjie/service-kit/sessions';
import { createServices } from '../src/services';
import { createContext } from '../src/context';
import { migrations, tables } from '../src/database';
import { buildCasesSchema } from '../src/subgraph';

/** Ids that stay the same through a test file. */
export const place = {
  province: '640000', city: '640100', county: '640104', otherCounty: '640121',
  jointOffice: randomUUID(), housing: randomUUID(), housingWindow: randomUUID(), civilAffairs: randomUUID(), elsewhere: randomUUID(),
  leader: randomUUID(), head: randomUUID(), government: randomUUID(), cityGovernment: randomUUID(),
};

export const people = {
  province: viewers.jointOffice('640000', randomUUID()),
  county: viewers.jointOffice('640104', place.jointOffice),
  otherCounty: viewers.jointOffice('640121', randomUUID()),
  housing: viewers.handler(place.housing),
  civilAffairs: viewers.handler(place.civilAffairs),
  clerk: viewers.clerk(place.jointOffice),
  leader: viewers.plain(place.leader),
  stranger: viewers.handler(place.elsewhere),
  /** Heads the housing department. */
  head: viewers.handler(place.housing, place.head),
  government: viewers.handler(place.government),
  cityGovernment: viewers.handler(place.cityGovernment),
};

const unit = (unitId: string, name: string, ancestorIds: string[] = []) => ({
  unitId, code: name, name, kind: name.endsWith('联席办') ? 'JOINT_OFFICE' : 'DEPARTMENT', divisionCode: '640104', ancestorIds, headOfficialId: null, successorUnitId: null, validTo: null,
});

/** The cases service on a real database, in a small county; business now is Tuesday 2022-09-27. */
export async function openCases(admit: Admit = async (viewer) => viewer) {
  const database = await openTestDatabase({ service: 'cases', tables, migrations });
  const { db } = database;
  const seal = createSeal(randomBytes(32).toString('base64'));
  const storageDir = mkdtempSync(join(process.env['ANJIE_TEST_DIR'] ?? tmpdir(), 'files-'));
  const [files, scratchDir, identityKey] = [createFolderStorage(storageDir), join(storageDir, 'scratch'), randomBytes(32).toString('base64')];
  const services = await createServices({ db, outbox: createOutbox('cases', seal), log: createLog('cases', 'silent'), admit, files, scratchDir, identityKey });
  const fill = async () => {
    await setBusinessNow(db, new Date('2022-09-27T09:00:00+08:00'));
    for (const [code, name, parentCode] of [['640000', '宁夏', null], ['640100', '银川市', '640000'], ['640104', '兴庆区', '640100'], ['640121', '永宁县', '640100']] as const) {
      await putKnownDivisions(db.manager, [{ code, name, parentCode, validTo: null }]);
    }
    for (const one of [unit(place.jointOffice, '兴庆区信访联席办'), unit(place.housing, '住建局'), unit(place.housingWindow, '住建局窗口', [place.housing]), unit(place.civilAffairs, '民政局'), unit(place.elsewhere, '水务局')]) {
      await putKnownUnits(db.manager, [one]);
    }
    await putKnownUnits(db.manager, [{ ...unit(place.housing, '住建局'), headOfficialId: place.head }]);
    for (const [id, name, divisionCode] of [[place.government, '兴庆区人民政府', '640104'], [place.cityGovernment, '银川市人民政府', '640100']] as const) {
      await putKnownUnits(db.manager, [{ ...unit(id, name), kind: 'GOVERNMENT', divisionCode }]);
    }
    await putUnitAncestors(db.manager, place.housing, [place.government]);
    await putKnownOfficials(db.manager, [{ officialId: place.leader, staffNo: 'NX001', name: '包案人', unitId: place.housing, validTo: null }]);
  };
  const client = subgraphClient(buildCasesSchema(), (claims) => createContext({ sql: db.manager, claims, services }));
  const reset = async () => {
    await database.truncate();
    await fill();
  };
  return { db, services, client, reset, files, scratchDir, identityKey, close: database.close };
}
export type CasesWorld = Awaited<ReturnType<typeof openCases>>;

let serial = 0;
export const key = (): string => `test-key-${Date.now()}-${(serial += 1)}`;

/** An ID number with a right check digit, an unassigned county code and no owner. */
export const anIdNumber = (seed = 1): string => {
  const body = `640000${1950 + (seed % 50)}0101${String(seed % 1000).padStart(3, '0')}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, i) => total + weight * Number(body[i]), 0);
  return body + '10X98765432'[sum % 11];
};

export const aRegistration = (part: Record<string, unknown> = {}) => ({
  idempotencyKey: key(), channel: 'VISIT', purpose: 'CLAIM', petitionedOn: '2022-09-26', divisionCode: '640104',
  title: '拆迁安置房迟迟不办产权证', summary: '某小区2015年入住至今未办理不动产权证。', content: '我们小区的住户反映……',
  petitioners: [{ name: '马小明', idNumber: anIdNumber(7), phone: '13800000007' }], claims: ['办理不动产权证'], ...part,
});

export const REGISTER = `mutation ($input: RegisterPetitionInput!) { registerPetition(input: $input) {
  __typename ... on RegisterPetitionPayload { petition { id number petitioners { ref maskedName maskedPhone maskedIdNumber } content } case { id number status version } }
  ... on PetitionRefusal { code message basis } } }`;

export interface Registered {
  readonly registerPetition: {
    readonly __typename: string;
    readonly code?: string;
    readonly petition: { id: string; number: string; content: string; petitioners: { ref: string; maskedName: string; maskedPhone: string; maskedIdNumber: string }[] };
    readonly case: { id: string; number: string; status: string; version: number };
  };
}
export const register = async (world: CasesWorld, viewer = people.clerk, part: Record<string, unknown> = {}) =>
  (await world.client.query<Registered>(viewer, REGISTER, { input: aRegistration(part) })).registerPetition;
