import type { DataSource, EntityManager } from 'typeorm';
import { hasRole, seesDivisionFigures, type Viewer } from '@anjie/access';
import { addDays } from '@anjie/calendar';
import { AppError, DIVISION_CODE, refuse } from '@anjie/contracts';
import { audit, businessTime, isDuplicate, runMutation, select, type Actor, type Sql } from '@anjie/service-kit/database';
import { lockCase, partsInCase, type CaseRow } from '../cases/case-repository';
import type { RateMatterInput, RatingFigures, RecordProxyRatingInput } from '../generated/graphql';
import type { IdentityVault } from '../petitioners/identity-vault';
import { isRateable, ratesOf, ratingState, type RatedOffice } from '../rules/ratings';
import { NOT_PERMITTED, textNo, type AccessNo, type Admitted } from './admission';
import { countRounds, firstPetitionOf, insertRating, roundsOf, type RoundCount } from './rating-repository';
import { numbered, type Round } from './rating-rounds';
import { longestWindowDays, ratingClosesOn } from './rating-window';

interface RatingDeps {
  readonly db: DataSource;
  readonly vault: IdentityVault;
}
const BASIS = '国信发〔2022〕11号';
const NOT_RATEABLE: AccessNo = refuse('NOT_RATEABLE', '该事项不在满意度评价范围内。', 'This matter is not rated.', BASIS);
const NOT_OPEN_YET: AccessNo = refuse('NOT_OPEN_YET', '受理告知或者处理意见送达之后才能评价。', 'Rating opens with the acceptance notice, or with the proved delivery of the opinion.', BASIS);
const CLOSED: AccessNo = refuse('RATING_CLOSED', '评价期限已过，按未评价统计。', 'The period for rating is over; the matter counts as not rated.', BASIS);
const RATED: AccessNo = refuse('RATED_ALREADY', '本轮已经评价，评价不再更改。', 'This office was rated for this round; a rating is final.', BASIS);

export function createRatingService({ db, vault }: RatingDeps) {
  return {
    /** By the petitioner, who was let in. The secret is no part of what is remembered of the request. */
    rate: ({ secret: _secret, ...input }: RateMatterInput, { admitted, actor }: { admitted: Admitted; actor: Actor }) =>
      runMutation<Admitted | AccessNo>(db, {
        actor, operation: 'rateMatter', key: input.idempotencyKey, input,
        work: async (tx) => {
          const isFirst = (await firstPetitionOf(tx, admitted.caseId)) === admitted.petitionId;
          const no = isFirst ? await write(tx, vault, { ...input, caseId: admitted.caseId, isProxy: false, actor }) : NOT_RATEABLE;
          return no ?? admitted;
        },
      }),
    recordProxy: (input: RecordProxyRatingInput, actor: Actor) =>
      runMutation<{ caseId: string } | AccessNo>(db, {
        actor, operation: 'recordProxyRating', key: input.idempotencyKey, input,
        work: async (tx) => {
          const row = await lockCase(tx, actor.viewer, input.caseId);
          if (!row) return refuse('NOT_FOUND', '信访事项不存在，或对您不可见。', 'The case does not exist or is not visible to you.');
          if (!(await isRegistrar(tx, actor.viewer, row))) return NOT_PERMITTED;
          return (await write(tx, vault, { ...input, isProxy: true, actor })) ?? { caseId: row.id };
        },
      }),
    figures: (sql: Sql, viewer: Viewer, asked: { divisionCode: string; from: string; to: string }) => figures(sql, viewer, asked),
  };
}

/** 代评 is written down by the window that registered, never by the unit that is rated for its handling. */
async function isRegistrar(tx: Sql, viewer: Viewer, row: CaseRow): Promise<boolean> {
  if (!hasRole(viewer, 'WINDOW_CLERK', 'JOINT_OFFICE')) return false;
  const parts = (await partsInCase(tx, viewer, row.id)).map((part) => part.role);
  return parts.includes('REGISTRAR') && !parts.includes('LEAD');
}

interface Judgement extends Pick<RateMatterInput, 'office' | 'value' | 'comment'> {
  readonly caseId: string;
  readonly isProxy: boolean;
  readonly actor: Actor;
}

/** Writes into the latest round of the office; or says why not. */
async function write(tx: EntityManager, vault: IdentityVault, { caseId, office, value, comment, isProxy, actor }: Judgement): Promise<AccessNo | undefined> {
  const [row] = await select<Pick<CaseRow, 'purpose' | 'route'>>(tx, 'SELECT purpose, route FROM cases WHERE id = ? FOR UPDATE', [caseId]);
  if (!row || !isRateable(row)) return NOT_RATEABLE;
  const { today } = await businessTime(tx);
  const round = numbered((await roundsOf(tx, [caseId])).filter((one) => one.office === office)).at(-1);
  const no = textNo(comment, 0, 1_000) ?? closedFor(round, { isProxy, today });
  if (no || !round) return no ?? NOT_OPEN_YET;
  try {
    const id = await insertRating(tx, vault, { round, value, comment: comment ?? null, isProxy, ratedOn: today, recordedBy: actor.viewer.subject });
    await audit(tx, actor, { action: isProxy ? 'PROXY_RATED' : 'RATED', subjectType: 'Rating', subjectId: id, caseId, detail: { office, round: round.round } });
    return undefined;
  } catch (error) {
    if (isDuplicate(error)) return RATED;
    throw error;
  }
}

function closedFor(round: Round | undefined, { isProxy, today }: { isProxy: boolean; today: string }): AccessNo | undefined {
  if (!round) return NOT_OPEN_YET;
  const state = ratingState({ opensOn: round.opensOn, closesOn: round.closesOn, isRated: !isProxy && round.value !== null }, today);
  return { UNRATED: NOT_OPEN_YET, OPEN: undefined, RATED, LAPSED_UNRATED: CLOSED }[state];
}

const SATISFACTION = '满意率 = (满意 + 基本满意) ÷ 已评价；未评价、代评不计入 | satisfaction = (satisfied + basically satisfied) ÷ rated; unrated and proxy ratings are not counted';
const PARTICIPATION = '参评率 = 已评价 ÷ (已评价 + 超期未评价) | participation = rated ÷ (rated + windows that ended unrated)';

/** Null outside the viewer's divisions. @throws AppError BAD_USER_INPUT */
async function figures(sql: Sql, viewer: Viewer, { divisionCode, from, to }: { divisionCode: string; from: string; to: string }): Promise<RatingFigures | null> {
  if (!DIVISION_CODE.test(divisionCode)) throw new AppError('BAD_USER_INPUT', { field: 'divisionCode' });
  if (from > to) throw new AppError('BAD_USER_INPUT', { field: 'from', rule: 'not after to' });
  if (!seesDivisionFigures(viewer, divisionCode)) return null;
  const { today } = await businessTime(sql);
  const span = { divisionCode, from, to, today, asOf: to < today ? to : today };
  const rows = await countRounds(sql, viewer, { ...span, earliest: addDays(from, -longestWindowDays()) });
  return { petitionOffice: officeRates(rows, 'PETITION_OFFICE', span), handlingUnit: officeRates(rows, 'HANDLING_UNIT', span) };
}

interface Span {
  readonly from: string;
  readonly to: string;
  readonly today: string;
  readonly asOf: string;
}

function officeRates(all: readonly RoundCount[], office: RatedOffice, span: Span): RatingFigures['handlingUnit'] {
  const rows = all.filter((row) => row.office === office && (row.value !== null || isLapsedIn(row, span)));
  const count = (value: RoundCount['value']): number => rows.filter((row) => row.value === value).reduce((sum, row) => sum + Number(row.n), 0);
  const counts = { satisfied: count('SATISFIED'), basicallySatisfied: count('BASICALLY_SATISFIED'), dissatisfied: count('DISSATISFIED'), lapsed: count(null) };
  const { satisfaction, participation } = ratesOf(counts, rows.some((row) => Number(row.hidden) > 0));
  return { satisfaction: { ...satisfaction, formula: SATISFACTION, asOf: span.asOf }, participation: { ...participation, formula: PARTICIPATION, asOf: span.asOf } };
}

/** 超期未评价: the window's last day lies in the span and is over. */
function isLapsedIn({ countsFrom, divisionCode }: RoundCount, { from, to, today }: Span): boolean {
  const last = countsFrom && ratingClosesOn(countsFrom, divisionCode);
  return Boolean(last && last >= from && last <= to && last < today);
}
