import type { EntityManager } from 'typeorm';
import { scopeColumns, visibleCases } from '@anjie/access';
import { AppError, DIVISION_CODE, isInDivision, isRefusal } from '@anjie/contracts';
import { businessTime, isId, select, write, type Actor } from '@anjie/service-kit/database';
import { knownUnit } from '@anjie/service-kit/facts';
import type { ChangeProgrammeMembersInput, ProgrammeMemberInput } from '../generated/graphql';
import type { Kinds } from '../kinds';
import { programmeRefusals, type MemberKind, type ProgrammeRefusal } from '../rules/programme-rules';
import { changed, ownProgramme, type ProgrammeAnswer } from './programme-acts';
import type { ProgrammeRow } from './programme-repository';

const MOST = 100;

interface Member {
  readonly kind: MemberKind;
  readonly key: string;
}

export async function changeMembers(tx: EntityManager, input: ChangeProgrammeMembersInput, { actor, kinds }: { actor: Actor; kinds: Kinds }): Promise<ProgrammeAnswer> {
  const row = await ownProgramme(tx, input, actor);
  if (isRefusal(row)) return row as ProgrammeRefusal;
  const { add = [], remove = [] } = input;
  if (add.length + remove.length === 0 || Math.max(add.length, remove.length) > MOST) throw new AppError('BAD_USER_INPUT', { field: 'add', rule: `1-${MOST}` });
  const { today } = await businessTime(tx);
  const added: Member[] = [];
  for (const given of add) {
    const member = await fitMember(tx, given, { row, actor, allowed: kinds.programmes.of(row.kindCode).members });
    if (isRefusal(member)) return member as ProgrammeRefusal;
    added.push(member as Member);
  }
  for (const member of added) await putMember(tx, row.id, { member, today });
  const removed = remove.map(memberOf).filter((member) => member !== undefined);
  for (const { key } of removed) await write(tx, 'UPDATE programme_members SET left_on = ? WHERE programme_id = ? AND member_key = ? AND left_on IS NULL', [today, row.id, key]);
  return changed(tx, row, { actor, action: 'membersChanged', detail: { added: added.map(({ key }) => key), removed: removed.map(({ key }) => key) } });
}

/** Exactly one of the three; the key is an id or a code, so one column tells members apart. */
function memberOf({ unitId, divisionCode, caseId }: ProgrammeMemberInput): Member | undefined {
  const given = ([['UNIT', unitId], ['DIVISION', divisionCode], ['CASE', caseId]] as const).flatMap(([kind, key]) => (key == null ? [] : [{ kind, key: key.toLowerCase() }]));
  return given.length === 1 ? given[0] : undefined;
}

interface Place {
  readonly row: ProgrammeRow;
  readonly actor: Actor;
  readonly allowed: readonly MemberKind[];
}

async function fitMember(tx: EntityManager, given: ProgrammeMemberInput, { row, actor, allowed }: Place): Promise<Member | ProgrammeRefusal> {
  const member = memberOf(given);
  if (!member || !allowed.includes(member.kind)) return programmeRefusals.memberNotFit();
  if (member.kind === 'DIVISION') return DIVISION_CODE.test(member.key) && isInDivision(member.key, row.divisionCode) ? member : programmeRefusals.memberNotFit();
  if (!isId(member.key)) return programmeRefusals.memberNotFit();
  if (member.kind === 'UNIT') {
    const unit = await knownUnit(tx, member.key);
    return unit && isInDivision(unit.divisionCode, row.divisionCode) ? member : programmeRefusals.memberNotFit();
  }
  const seen = visibleCases(actor.viewer, scopeColumns('s'));
  const [scope] = await select<{ isSealed: number }>(tx, `SELECT s.is_sealed AS isSealed FROM case_scopes s WHERE s.case_id = ? AND (${seen.sql})`, [member.key, ...seen.params]);
  if (!scope) return programmeRefusals.notFound();
  return Number(scope.isSealed) === 1 ? programmeRefusals.sealed() : member;
}

/** Who left before joins again. */
const putMember = (tx: EntityManager, programmeId: string, { member: { kind, key }, today }: { member: Member; today: string }): Promise<number> =>
  write(
    tx,
    `INSERT INTO programme_members (programme_id, member_key, unit_id, division_code, case_id, joined_on) VALUES (?)
     ON DUPLICATE KEY UPDATE joined_on = IF(left_on IS NULL, joined_on, VALUES(joined_on)), left_on = NULL`,
    [[programmeId, key, kind === 'UNIT' ? key : null, kind === 'DIVISION' ? key : null, kind === 'CASE' ? key : null, today]],
  );
