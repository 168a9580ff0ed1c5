import type { Viewer } from '@anjie/access';
import { refuse, type Refusal } from '@anjie/contracts';
import { audit, type Actor, type Sql } from '@anjie/service-kit/database';
import { standingInCase } from '../cases/case-repository';
import type { PetitionRow } from '../petitions/petition-repository';
import { lookerOf, showingOf, type Looker } from '../rules/identity-showing';
import { isPermitted, rolesReaching } from '../rules/permissions';
import { readingsWithinHour } from './reader-repository';

type No = Refusal<'NOT_PERMITTED' | 'PROCESSING_RESTRICTED' | 'QUOTA_EXCEEDED'>;

/** Readings of identity data that one person may make within an hour, on whatever way. */
const READINGS_PER_HOUR = 30;

const NOT_PERMITTED: No = refuse('NOT_PERMITTED', '您的角色不能办理此事项。', 'Your role may not do this.');
const PROCESSING_RESTRICTED: No = refuse(
  'PROCESSING_RESTRICTED', '信访人已请求限制处理其个人信息，请通过联席办联系信访人。', 'The petitioner asked that personal information be restricted; reach them through the joint office.', '《中华人民共和国个人信息保护法》第四十四条',
);

/** As whom a viewer may be shown who brought a petition that they see, or why they may not. */
export async function identityLooker(sql: Sql, viewer: Viewer, { caseId, restrictedOn }: Pick<PetitionRow, 'caseId' | 'restrictedOn'>): Promise<{ readonly looker: Looker } | No> {
  const standing = await standingInCase(sql, viewer, caseId);
  if (!isPermitted('REVEAL', standing)) return NOT_PERMITTED;
  const looker = lookerOf(rolesReaching(standing));
  const isHidden = restrictedOn !== null && showingOf({ look: 'REVEALED', looker, isRestricted: true }, 'name') === 'NOTHING';
  return isHidden ? PROCESSING_RESTRICTED : { looker };
}

export interface IdentityReading {
  /** Who is read about. */
  readonly ref: string;
  readonly caseId: string;
  readonly detail: Readonly<Record<string, string>>;
}

/** Counts a reading with the reader's others and writes its entry, from which the alarm and what the petitioner is told come. Undefined when it may be made. */
export async function noteIdentityReading(tx: Sql, actor: Actor, { ref, caseId, detail }: IdentityReading): Promise<No | undefined> {
  if ((await readingsWithinHour(tx, actor.viewer.subject, 'IDENTITY_READ')) >= READINGS_PER_HOUR) return refuse('QUOTA_EXCEEDED', '一小时内查看次数已达上限。', 'Too many readings within an hour.');
  await audit(tx, actor, { action: 'IDENTITY_READ', subjectType: 'Petitioner', subjectId: ref, caseId, detail });
  return undefined;
}
