import type { DataSource, EntityManager } from 'typeorm';
import { hasRole } from '@anjie/access';
import { isRefusal, refuse, type Refusal, type Role } from '@anjie/contracts';
import { audit, inTransaction, type Actor } from '@anjie/service-kit/database';
import type { AccessRefusalCode } from '../generated/graphql';
import { afterFailure, FAILURES_PER_HOUR } from '../rules/access-limits';
import { readTyped } from '../rules/query-codes';
import { accessByCode, countFailure, failuresThisHour, forgetAttempts, holdAttempts, putFailure } from './access-repository';
import type { QuerySecrets } from './query-secret';

export type AccessNo = Refusal<AccessRefusalCode>;

/** What a petitioner typed. */
export interface Credentials {
  readonly queryCode: string;
  readonly secret: string;
}
/** The petition whose code and secret were right. */
export interface Admitted {
  readonly petitionId: string;
  readonly caseId: string;
}

const NOT_RECOGNISED: AccessNo = refuse('NOT_RECOGNISED', '查询码或查询密码不正确。', 'Query code or secret is not right.');
const TRY_LATER: AccessNo = refuse('TRY_LATER', '错误次数过多，请稍后再试，或到窗口换发查询密码。', 'Too many wrong attempts; try again later, or have the secret renewed at the window.');
export const NOT_PERMITTED: AccessNo = refuse('NOT_PERMITTED', '您的角色不能办理此事项。', 'Your role may not do this.');

/**
 * Lets a petitioner in who has code and secret. Wrong code and wrong secret take the same statements and the same computation
 * and give the same answer; a code that does not exist is counted and locked like one that does. The failure commits before
 * the answer is given. Time is the database's own, so that a restart, or a clock set forward for a demo, unlocks nothing.
 */
export const createAdmission = (db: DataSource, secrets: QuerySecrets) => (given: Credentials, actor: Actor, ...roles: Role[]): Promise<Admitted | AccessNo> =>
  hasRole(actor.viewer, ...roles) ? inTransaction(db, (tx) => attempt(tx, secrets, { given, actor })) : Promise.resolve(NOT_PERMITTED);
export type Admission = ReturnType<typeof createAdmission>;

interface Attempt {
  readonly given: Credentials;
  readonly actor: Actor;
}

async function attempt(tx: EntityManager, secrets: QuerySecrets, { given, actor }: Attempt): Promise<Admitted | AccessNo> {
  const code = readTyped(given.queryCode);
  const [subject, account] = [secrets.fingerprint('CODE', code), secrets.fingerprint('ACCOUNT', actor.viewer.subject)];
  if ((await failuresThisHour(tx, account)) >= FAILURES_PER_HOUR) return TRY_LATER;
  const attempts = await holdAttempts(tx, subject);
  if (Number(attempts.isLocked) === 1) return TRY_LATER;
  const found = await accessByCode(tx, code);
  const note = (action: string, detail: Readonly<Record<string, number>> = {}): Promise<void> =>
    audit(tx, actor, { action, subjectType: 'QueryCode', subjectId: subject.toString('hex'), detail });
  if (secrets.fits(found, readTyped(given.secret)) && found) {
    await forgetAttempts(tx, subject);
    await note('QUERY_CODE_USED');
    return { petitionId: found.petitionId, caseId: found.caseId };
  }
  const next = afterFailure({ failures: Number(attempts.failures), locks: Number(attempts.locks) });
  await putFailure(tx, subject, next);
  if (next.lockMinutes > 0) await note('QUERY_CODE_LOCKED', { minutes: next.lockMinutes });
  if ((await countFailure(tx, account)) === FAILURES_PER_HOUR) await note('ACCOUNT_LOCKED', { failures: FAILURES_PER_HOUR });
  return NOT_RECOGNISED;
}

/** Letters and length of a petitioner's or an official's text. */
export function textNo(text: string | null | undefined, least: number, most: number): AccessNo | undefined {
  const length = [...(text ?? '').trim()].length;
  if (length >= least && length <= most && !/[^\P{Cc}\t\n\r]/u.test(text ?? '')) return undefined;
  return refuse('TEXT_LENGTH', `文字须为${least}至${most}字，且不含控制字符。`, `The text must have ${least} to ${most} characters and no control characters.`);
}

export const isNo = <Done>(answer: Done | AccessNo): answer is AccessNo => isRefusal(answer);
