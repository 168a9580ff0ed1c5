import type { Viewer } from '@anjie/access';
import { hasRole } from '@anjie/access';
import { neverKept, refuse, type Refusal } from '@anjie/contracts';
import { isPlainText } from './plain-text';

export const BULLETIN_STATES = ['DRAFTED', 'EDITED', 'PUBLISHED', 'WITHDRAWN'] as const;
export type BulletinState = (typeof BULLETIN_STATES)[number];
export type BulletinAct = 'EDIT' | 'PUBLISH' | 'WITHDRAW';
export type BulletinRefusalCode =
  | 'NOT_FOUND' | 'NOT_PERMITTED' | 'OUTSIDE_DIVISION' | 'KIND_UNKNOWN' | 'SECTION_UNKNOWN' | 'PERIOD_NOT_BEGUN' | 'ALREADY_DRAFTED' | 'WRONG_STATE' | 'TEXT_NOT_ACCEPTABLE';
export type BulletinRefusal = Refusal<BulletinRefusalCode>;

/** What is published stands as it is; it can only be withdrawn, with a reason, and another drafted. */
const FROM: Readonly<Record<BulletinAct, readonly BulletinState[]>> = { EDIT: ['DRAFTED', 'EDITED'], PUBLISH: ['DRAFTED', 'EDITED'], WITHDRAW: ['DRAFTED', 'EDITED', 'PUBLISHED'] };
export const STATE_AFTER: Readonly<Record<BulletinAct, BulletinState>> = { EDIT: 'EDITED', PUBLISH: 'PUBLISHED', WITHDRAW: 'WITHDRAWN' };

export const mayMoveBulletin = (state: BulletinState, act: BulletinAct): boolean => FROM[act].includes(state);

export const mayIssueBulletins = (viewer: Viewer): boolean => viewer.kind === 'OFFICIAL' && viewer.unitId !== null && hasRole(viewer, 'JOINT_OFFICE');

/** Words of a person's own; none of what is never kept about people who petition. */
export const isFitText = (text: string, most: number): boolean => isPlainText(text, { most }) && neverKept(text) === undefined;

export const bulletinRefusals = {
  notFound: () => refuse('NOT_FOUND', '不存在，或对您不可见。', 'It does not exist, or is not visible to you.'),
  notPermitted: () => refuse('NOT_PERMITTED', '通报由信访联席办编发。', 'A joint office drafts and publishes bulletins.', '《信访工作条例》第四十一条'),
  outsideDivision: () => refuse('OUTSIDE_DIVISION', '只能编发本辖区及下级的通报，上级编发的不得变更。', 'Only for your own division or one below it; what an office above issued stands.'),
  kindUnknown: () => refuse('KIND_UNKNOWN', '没有此通报种类，或已停用。', 'There is no such kind, or it is retired.'),
  sectionUnknown: () => refuse('SECTION_UNKNOWN', '该通报没有此部分。', 'The bulletin has no such section.'),
  periodNotBegun: () => refuse('PERIOD_NOT_BEGUN', '该期尚未开始。', 'The period has not begun.'),
  alreadyDrafted: () => refuse('ALREADY_DRAFTED', '同一范围、同一期的通报已经存在；如需重新计算，请先撤回。', 'There is one of this kind, division and period; withdraw it to count again.'),
  wrongState: () => refuse('WRONG_STATE', '通报当前状态不允许此操作；已公布的不得修改。', 'The bulletin is not in a state that allows this; what is published is not changed.'),
  badText: () => refuse('TEXT_NOT_ACCEPTABLE', '文字不能为空、过长、含控制字符，或含有不得记录的表述。', 'The text is empty, too long, has control characters, or words of what is never kept about people.'),
} satisfies Record<string, () => BulletinRefusal>;
