import type { DataSource, EntityManager } from 'typeorm';
import { AppError, DIVISION_CODE } from '@anjie/contracts';
import { audit, insertRows, isId, newId, runMutation, updateVersion, type Actor, type Row } from '@anjie/service-kit/database';
import type { ChangeInspectionTeamInput, DisbandInspectionTeamInput, FormInspectionTeamInput } from '../generated/graphql';
import { areKnown, todayOf } from '../oversight-facts';
import { inspectionRefusals as no, mayFormTeam, teamObjection, type InspectionRefusal } from '../rules/inspections';
import { endCrew, putCrew, visibleTeams, type TeamRow } from './team-repository';

export type TeamAnswer = { readonly teamId: string } | InspectionRefusal;

/** 指导组、督导组: formed, changed and disbanded by the joint office; bound to regions. */
export function createInspectionTeamService({ db }: { db: DataSource }) {
  const mutation =
    <Input extends { idempotencyKey: string }>(operation: string, work: (tx: EntityManager, input: Input, actor: Actor) => Promise<TeamAnswer>) =>
    (input: Input, actor: Actor): Promise<TeamAnswer> =>
      runMutation<TeamAnswer>(db, { actor, operation, key: input.idempotencyKey, input, work: (tx) => work(tx, input, actor) });
  return { form: mutation('formInspectionTeam', form), change: mutation('changeInspectionTeam', change), disband: mutation('disbandInspectionTeam', disband) };
}
export type InspectionTeamService = ReturnType<typeof createInspectionTeamService>;

type CrewWish = Pick<ChangeInspectionTeamInput, 'leaderId' | 'memberIds' | 'divisions'>;

async function crewObjection(tx: EntityManager, wish: CrewWish & { readonly name: string }, { viewer }: Actor): Promise<InspectionRefusal | null> {
  const divisionCodes = wish.divisions.map((one) => one.divisionCode);
  if (!divisionCodes.every((code) => DIVISION_CODE.test(code))) throw new AppError('BAD_USER_INPUT', { field: 'divisionCode' });
  const objection = teamObjection(viewer, { name: wish.name, leaderIds: [wish.leaderId], memberIds: wish.memberIds, divisionCodes });
  if (objection) return objection;
  return (await areKnown(tx, { unitIds: [], officialIds: [wish.leaderId, ...wish.memberIds] })) ? null : no.partyUnknown();
}

async function form(tx: EntityManager, input: FormInspectionTeamInput, actor: Actor): Promise<TeamAnswer> {
  const objection = await crewObjection(tx, input, actor);
  if (objection) return objection;
  const { unitId, divisionCode, subject } = actor.viewer;
  if (!unitId || !divisionCode) return no.notPermitted();
  if (input.campaignId != null && !isId(input.campaignId)) return no.notFound();
  const today = await todayOf(tx);
  const id = newId();
  await insertRows(tx, 'inspection_teams', [{
    id, kind: input.kind, name: input.name.trim(), unit_id: unitId, division_code: divisionCode, campaign_id: input.campaignId ?? null, formed_on: today, formed_by: subject, version: 1,
  }]);
  await putCrew(tx, id, { crew: input, today });
  await audit(tx, actor, { action: 'inspectionTeam.formed', subjectType: 'InspectionTeam', subjectId: id, detail: crewDetail(input) });
  return { teamId: id };
}

const crewDetail = ({ leaderId, memberIds, divisions }: CrewWish) => ({ leaderId, memberIds: [...memberIds], divisionCodes: divisions.map((one) => one.divisionCode) });

/** The team as the viewer sees it, if the viewer works in the office that formed it and it is not disbanded. */
async function ownTeam(tx: EntityManager, { teamId, expectedVersion }: { teamId: string; expectedVersion: number }, { viewer }: Actor): Promise<TeamRow | InspectionRefusal> {
  const row = isId(teamId) ? (await visibleTeams(tx, viewer, [teamId]))[0] : undefined;
  if (!row) return no.notFound();
  if (!mayFormTeam(viewer) || viewer.unitId !== row.unitId) return no.notPermitted();
  if (row.version !== expectedVersion) throw new AppError('CONFLICT', { currentVersion: row.version });
  return row.disbandedOn === null ? row : no.wrongState();
}

const isTeam = (row: TeamRow | InspectionRefusal): row is TeamRow => 'id' in row;

async function move(tx: EntityManager, { id, version }: TeamRow, set: Row): Promise<void> {
  if (!(await updateVersion(tx, 'inspection_teams', { id, version, set }))) throw new AppError('CONFLICT', { currentVersion: version + 1 });
}

async function change(tx: EntityManager, input: ChangeInspectionTeamInput, actor: Actor): Promise<TeamAnswer> {
  const row = await ownTeam(tx, input, actor);
  if (!isTeam(row)) return row;
  const objection = await crewObjection(tx, { ...input, name: row.name }, actor);
  if (objection) return objection;
  const today = await todayOf(tx);
  await move(tx, row, { name: row.name });
  await putCrew(tx, row.id, { crew: input, today });
  await audit(tx, actor, { action: 'inspectionTeam.changed', subjectType: 'InspectionTeam', subjectId: row.id, detail: crewDetail(input) });
  return { teamId: row.id };
}

async function disband(tx: EntityManager, input: DisbandInspectionTeamInput, actor: Actor): Promise<TeamAnswer> {
  const row = await ownTeam(tx, input, actor);
  if (!isTeam(row)) return row;
  const today = await todayOf(tx);
  await move(tx, row, { disbanded_on: today });
  await endCrew(tx, row.id, today);
  await audit(tx, actor, { action: 'inspectionTeam.disbanded', subjectType: 'InspectionTeam', subjectId: row.id });
  return { teamId: row.id };
}
