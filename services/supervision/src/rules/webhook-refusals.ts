import { isNoticeKind, refuse, type Refusal } from '@anjie/contracts';
import type { TargetFault } from './webhook-targets';

export type WebhookRefusalCode =
  | 'NOT_FOUND' | 'NOT_PERMITTED' | 'UNIT_UNKNOWN' | 'WEBHOOKS_OFF' | 'TARGET_NOT_ALLOWED' | 'KIND_UNKNOWN' | 'TOO_MANY' | 'WRONG_STATE' | 'OVERLAP_NOT_ACCEPTABLE';
export type WebhookRefusal = Refusal<WebhookRefusalCode>;

export const MAX_ENDPOINTS = 5;
const MAX_OVERLAP_HOURS = 168;

const FAULTS: Readonly<Record<Exclude<TargetFault, 'OFF'>, readonly [zh: string, en: string]>> = {
  NOT_A_URL: ['不是可用的网址', 'it is no usable URL'],
  CREDENTIALS: ['网址中不得含用户名和密码', 'it carries a user name or password'],
  SCHEME: ['只能使用 https 或者 http', 'only https and http are possible'],
  HTTPS_NEEDED: ['须使用 https', 'https is needed'],
  NOT_LISTED: ['不在运维人员允许的范围内', 'the operator does not list it'],
  ADDRESS_REFUSED: ['指向不允许的网络地址', 'its address is refused'],
};

export const webhookRefusals = {
  notFound: (): WebhookRefusal => refuse('NOT_FOUND', '不存在，或对您不可见。', 'It does not exist, or is not visible to you.'),
  notPermitted: (): WebhookRefusal => refuse('NOT_PERMITTED', '只有系统管理员可以管理推送。', 'Only an administrator manages webhooks.'),
  unitUnknown: (): WebhookRefusal => refuse('UNIT_UNKNOWN', '没有这个在用单位。', 'There is no open unit of this id.'),
  tooMany: (): WebhookRefusal => refuse('TOO_MANY', `一个单位最多登记${MAX_ENDPOINTS}个推送端点。`, `A unit has at most ${MAX_ENDPOINTS} endpoints.`),
  wrongState: (): WebhookRefusal => refuse('WRONG_STATE', '当前状态不允许此操作。', 'The state does not allow this.'),
  kindUnknown: (): WebhookRefusal => refuse('KIND_UNKNOWN', '通知种类不存在，或者一种也没有选。', 'A kind does not exist, or nothing is chosen.'),
};

export const targetRefusal = (fault: TargetFault): WebhookRefusal =>
  fault === 'OFF'
    ? refuse('WEBHOOKS_OFF', '运维人员没有启用推送。', 'The operator allows no targets (ANJIE_WEBHOOK_TARGETS).')
    : refuse('TARGET_NOT_ALLOWED', `地址不允许：${FAULTS[fault][0]}。`, `The address is not allowed: ${FAULTS[fault][1]}.`);

/** Every kind is one that this release knows, and something is chosen. */
export const kindsObjection = (kinds: readonly string[], withDigest: boolean): WebhookRefusal | undefined =>
  kinds.every(isNoticeKind) && (kinds.length > 0 || withDigest) ? undefined : webhookRefusals.kindUnknown();

export const overlapObjection = (hours: number): WebhookRefusal | undefined =>
  hours >= 0 && hours <= MAX_OVERLAP_HOURS ? undefined : refuse('OVERLAP_NOT_ACCEPTABLE', '并行时间应为0至168小时。', 'The overlap is 0 to 168 hours.');
