import { UnitChanged } from '@anjie/contracts';
import { viewers } from '@anjie/testing';
import { seesCase, told, type Answer } from './asking';
import { mutate } from './campaign-asking';
import { hear } from './hearing';
import { accuse, actor, placeUnits, progress, transfer, unit } from './sealed-world';
import { openCases, people, place, register, type CasesWorld } from './world';

let world: CasesWorld;
beforeAll(async () => {
  world = await openCases();
});
beforeEach(async () => {
  await world.reset();
  await placeUnits(world);
});
afterAll(() => world?.close());

describe('《信访工作条例》第二十四条第二款: a unit that ends', () => {
  const moveAll = async (): Promise<void> => {
    while (await world.services.successions.moveNext());
  };
  const end = async (unitId: string, kind: string, successor: string): Promise<void> => {
    await hear(world, {
      event: UnitChanged, aggregateId: unitId, version: 1,
      payload: { unitId, code: unitId.slice(0, 8), name: unitId.slice(0, 8), kind, divisionCode: '640104', ancestorIds: [], headOfficialId: null, successorUnitId: successor, validTo: '2022-09-27' },
    });
    await moveAll();
  };

  test('leaves the accusation that it registered to whoever continues it, with the duty to transfer it', async () => {
    const { id } = (await accuse(world)).case;
    await end(unit.hall, 'PETITION_OFFICE', unit.office);
    expect([await seesCase(world, actor.clerk, id), await seesCase(world, actor.colleague, id), await seesCase(world, actor.office, id), await seesCase(world, people.county, id)]).toEqual([false, false, true, false]);
    expect((await told(world, 'obligation-declared')).at(-1)).toMatchObject({ dutyCode: 'T2', state: 'OPEN', obligorUnitId: unit.office });
    expect(await transfer(world, id, { expectedVersion: 2 }, actor.office)).toMatchObject({ __typename: 'TransferAccusationPayload' });
    expect((await told(world, 'obligation-declared')).at(-1)).toMatchObject({ dutyCode: 'T2', state: 'MET', obligorUnitId: unit.office });
    expect([await seesCase(world, actor.office, id), await seesCase(world, actor.discipline, id)]).toEqual([false, true]);
  });

  test('leaves one that was transferred to it to an organ of its kind, and to no other unit · row 74', async () => {
    const { id } = (await accuse(world)).case;
    await transfer(world, id);
    await end(unit.discipline, 'DISCIPLINE', unit.office);
    expect([await seesCase(world, actor.discipline, id), await seesCase(world, actor.office, id)]).toEqual([true, false]);
    await end(unit.discipline, 'DISCIPLINE', unit.court);
    expect([await seesCase(world, actor.discipline, id), await seesCase(world, viewers.handler(unit.court), id)]).toEqual([false, true]);
    expect(await progress(world, id, { expectedVersion: 3 }, viewers.handler(unit.court))).toMatchObject({ case: { accusation: { stage: 'RECEIVED', receivedBy: { id: unit.court } } } });
  });

  test('leaves it to nobody who is kept out of it', async () => {
    const { id } = (await accuse(world)).case;
    await end(unit.hall, 'PETITION_OFFICE', unit.bureau);
    expect([await seesCase(world, actor.bureau, id), await seesCase(world, actor.clerk, id)]).toEqual([false, true]);
  });
});

test('a sealed case belongs to no cluster', async () => {
  const [sealed, open] = [(await accuse(world, {}, actor.office)).case.id, (await register(world, actor.office)).case.id];
  const { cluster } = await mutate<Answer & { cluster: { id: string } }>(world, actor.office, {
    name: 'openCluster', fields: '... on ClusterPayload { cluster { id } }',
    input: { name: '产权历史遗留问题', contentCategory: 'housing.title', keyDomain: 'REAL_ESTATE', policyDefect: 'IMPERFECT', leadDepartmentId: place.housing, specialisedGroup: '住建局牵头' },
  });
  const add = (caseId: string) => mutate(world, actor.office, { name: 'addToCluster', fields: '... on ClusterRefusal { code }', input: { clusterId: cluster.id, caseIds: [caseId], reason: '同因开发商未缴税' } });
  expect(await add(sealed)).toMatchObject({ code: 'NOT_FOUND' });
  expect(await add(open)).toMatchObject({ __typename: 'ClusterPayload' });
});
