import { hasRole, type Viewer } from '@anjie/access';
import { AppError } from '@anjie/contracts';
import { businessTime, type Sql } from '@anjie/service-kit/database';
import { requestsOfPetition, type DataRequestRow } from '../data-requests/data-request-repository';
import type { MyMatter } from '../generated/graphql';
import type { IdentityVault } from '../petitioners/identity-vault';
import { DOCUMENT_RULES, type DocumentKind } from '../rules/documents';
import {
  AGENCY_LEVEL_WORDS, AGENCY_STATE_WORDS, DUTY_WORDS, NOTICES, RIGHT_WORDS, SEALED_FORWARDED, SEALED_RECEIVED, SEALED_TITLE, STATUS_WORDS, STEP_WORDS, type Words,
} from '../rules/matter-words';
import { agenciesOfMatter, noticesOfMatter } from '../progress-notices/progress-notice-repository';
import type { Admitted } from './admission';
import { complaintsOfPetition } from './complaint-repository';
import { matterClocks, matterRow, paperRows, stepRows, type MatterClock, type MatterRow, type StepRow } from './matter-repository';
import { ratingsForPetitioner } from './rating-rounds';

interface Telling {
  readonly say: (words: Words | undefined) => string;
  readonly today: string;
}
type Rest = Pick<MyMatter, 'number' | 'registeredOn' | 'retaliationComplaints' | 'dataRequests' | 'notices'>;

interface Asked {
  readonly sql: Sql;
  readonly admitted: Admitted;
  readonly viewer: Viewer;
}

/** The whole matter as its petitioner may know it, in the language of whoever asks. */
export async function tellMatter(vault: IdentityVault, { sql, admitted, viewer }: Asked): Promise<MyMatter> {
  const row = await matterRow(sql, admitted);
  if (!row) throw new AppError('NOT_FOUND');
  const { today } = await businessTime(sql);
  const say = (words: Words | undefined): string => (viewer.locale === 'en' ? words?.en : words?.zh) ?? '';
  const rest: Rest = {
    number: row.number, registeredOn: row.registeredOn,
    // a clerk at the window may be of the unit that is complained of
    retaliationComplaints: hasRole(viewer, 'PUBLIC_PORTAL') ? await complaintsOfPetition(sql, admitted.petitionId) : [],
    dataRequests: (await requestsOfPetition(sql, admitted.petitionId)).map((row) => ownRequest(vault, row)),
    notices: NOTICES.map((notice) => ({ code: notice.code, text: say(notice), basis: notice.basis })),
  };
  const steps = await stepRows(sql, admitted);
  if (row.purpose === 'ACCUSATION' || row.route === 'ART30') return sealedMatter(row, rest, { steps, say });
  const clocks = await matterClocks(sql, admitted);
  return {
    ...rest, title: row.title, status: say(STATUS_WORDS[row.status]), responsibleUnit: row.unit,
    steps: steps.map(({ on, action, unit }) => ({ on, text: say(STEP_WORDS[action]), unit })),
    duties: clocks.filter(({ code }) => code in DUTY_WORDS).map((clock) => dutyOf(clock, { say, today })),
    rights: clocks.filter(({ code }) => code in RIGHT_WORDS).map((clock) => rightOf(clock, { say, today })),
    papers: (await paperRows(sql, admitted)).map(({ kind, ...paper }) => ({ title: DOCUMENT_RULES[kind as DocumentKind].title, ...paper })),
    ratings: await ratingsForPetitioner(sql, admitted, today),
    agencyTasks: (await agenciesOfMatter(sql, admitted.caseId)).map(({ level, unit, state, since }) => ({ level: say(AGENCY_LEVEL_WORDS[level]), unit, state: say(AGENCY_STATE_WORDS[state]), since })),
    progressNotices: await noticesOfMatter(sql, admitted.caseId),
  };
}

const ownRequest = (vault: IdentityVault, row: DataRequestRow): MyMatter['dataRequests'][number] => ({
  id: row.id, right: row.right, askedOn: row.askedOn, dueOn: row.dueOn, state: row.outcome === null ? 'OPEN' : 'DECIDED', outcome: row.outcome, basis: row.basis, decidedOn: row.decidedOn,
  reasons: vault.open(row.reasonsSealed, { column: 'data_requests.reasons_sealed', rowId: row.id }), isCopyReady: row.fileId !== null && Number(row.isCopyGone) === 0,
});

/** 第三十条第三款: that it came, and that it went on; neither to whom nor what became of it. */
function sealedMatter(row: MatterRow, rest: Rest, { steps, say }: { steps: readonly StepRow[]; say: Telling['say'] }): MyMatter {
  const sent = steps.find(({ action }) => action === 'TRANSFERRED' || action === 'FORWARDED' || action === 'ASSIGNED');
  const isSent = sent !== undefined || row.status === 'TRANSFERRED';
  return {
    ...rest, title: say(SEALED_TITLE), status: say(isSent ? SEALED_FORWARDED : SEALED_RECEIVED), responsibleUnit: null,
    steps: [{ on: row.registeredOn, text: say(SEALED_RECEIVED), unit: null }, ...(sent ? [{ on: sent.on, text: say(SEALED_FORWARDED), unit: null }] : [])],
    duties: [], rights: [], papers: [], ratings: [], agencyTasks: [], progressNotices: [],
  };
}

const dutyOf = ({ code, unit, dueRaw, dueOn, state, endedOn, basis }: MatterClock, { say, today }: Telling): MyMatter['duties'][number] => {
  const doneOn = state === 'MET' ? endedOn : null;
  return { text: say(DUTY_WORDS[code]), unit, dueRaw, dueOn, doneOn, isOverdue: (doneOn ?? today) > dueOn, basis };
};

const rightOf = ({ code, dueOn, state, basis }: MatterClock, { say, today }: Telling): MyMatter['rights'][number] =>
  ({ text: say(RIGHT_WORDS[code]), lastOn: dueOn, isOpen: state === 'OPEN' && today <= dueOn, basis });
