import { categoryBySlug } from './content-categories';
import { idKindName, momentText, PROCEDURES, statusBySlug, statusOf } from './exchange-values';
import type { IdKind } from './id-documents';
import { FORMS, STATED_PURPOSES } from './intake-kinds';
import type { CaseStatus } from './life';

/** A petition and its case as an export reads them; flags are 0, 1 or null. Instants are UTC. */
export interface OutgoingRecord {
  readonly number: string;
  readonly petitionedOn: string;
  readonly registeredOn: string;
  readonly channel: string;
  readonly externalForm: string | null;
  readonly statedPurpose: string | null;
  readonly purpose: string;
  readonly petitionerCount: number;
  readonly affectedCount: number | null;
  readonly title: string;
  readonly summary: string;
  readonly content: string | null;
  readonly claims: readonly string[];
  readonly addressee: string | null;
  readonly status: CaseStatus;
  readonly divisionCode: string;
  readonly contentCategory: string | null;
  readonly categorySlug: string | null;
  readonly categoryCode: string | null;
  readonly causeSlug: string | null;
  readonly causeCode: string | null;
  readonly hotTopicSlug: string | null;
  readonly hotTopicCode: string | null;
  readonly systemSlug: string | null;
  readonly systemCode: string | null;
  readonly residenceDivisionCode: string | null;
  readonly householdDivisionCode: string | null;
  readonly isFirstAtOrg: number | null;
  readonly isFirstNationwide: number | null;
  readonly isCrossSeparation: number;
  readonly isJoint: number;
  readonly isAnonymous: number;
  readonly consentsToPublication: number | null;
  readonly majorUrgentAt: Date | null;
  readonly involvesLitigation: number;
  readonly limitOn: string | null;
  readonly procedureKind: string;
  readonly route: string | null;
  readonly isInLedger: number;
  readonly petitionsOfCase: number;
  readonly firstOn: string;
  readonly unitName: string | null;
  readonly unitCode: string | null;
  readonly ends: string | null;
  readonly reported: OutgoingReport | null;
}

/** What another office said of it, when it came from there. */
export interface OutgoingReport {
  readonly sourceDivisionCode: string;
  readonly externalNumber: string;
  readonly externalId: string | null;
  readonly jointId: string | null;
  readonly registeredAt: Date | null;
  readonly orgName: string | null;
  readonly orgCode: string | null;
  readonly orgKind: string | null;
  readonly orgDepartment: string | null;
  readonly clerk: string | null;
  readonly status: string | null;
  readonly firstOrg: string | null;
  readonly firstOn: string | null;
  readonly isRepeat: number | null;
  readonly repeatOf: string | null;
  readonly isBacklog: number | null;
  readonly isReviewed: number | null;
  readonly isReReviewed: number | null;
  readonly isClosed: number | null;
  readonly isClosingAccepted: number | null;
  readonly dueAt: Date | null;
  readonly procedureKind: string | null;
  readonly codes: Readonly<Record<string, string>>;
}

export interface OutgoingPerson {
  readonly name: string | null;
  readonly idNumber: string | null;
  readonly idKind: IdKind | null;
  readonly phone: string | null;
  readonly address: string | null;
}

export type RecordCells = Record<string, string | number | null>;

const flag = (value: number | boolean | null | undefined): string | null => (value === null || value === undefined ? null : value ? '1' : '0');

/** The cells of a record by field code. What is not listed stays empty: so do all FORBIDDEN fields. */
export function recordCells(record: OutgoingRecord, { senderDivision, exportedAt }: { senderDivision: string; exportedAt: Date }): RecordCells {
  const { reported } = record;
  return {
    ...originOf(record, senderDivision), ...registrationOf(record), ...codesOf(record), ...stateOf(record),
    xfrq: record.petitionedOn, xfrs: record.petitionerCount, sjrs: record.affectedCount, bt: record.title, gkxx: record.summary, tsnr: record.content, sq: record.claims.join('\n') || null,
    sxr: record.addressee, wtsddm: record.divisionCode, bjgccbz: flag(record.isFirstAtOrg), qgccbz: flag(record.isFirstNationwide), sksflbz: flag(record.isCrossSeparation),
    lmbz: flag(record.isJoint), gkbz: flag(record.consentsToPublication), zdjjbz: flag(record.majorUrgentAt !== null), nmbz: flag(record.isAnonymous),
    sfssbz: flag(record.involvesLitigation), zzdm: record.residenceDivisionCode, hkszd: record.householdDivisionCode,
    xbjzsj: reported?.dueAt ? momentText(reported.dueAt) : record.limitOn, lastmodifytime: momentText(exportedAt),
  };
}

/** A record that came from elsewhere keeps its sender and number, so that nobody takes it for another one. */
const originOf = ({ reported, number }: OutgoingRecord, senderDivision: string): RecordCells => ({
  xzqh: reported?.sourceDivisionCode ?? senderDivision, xfjbh: reported?.externalNumber ?? number, xfjid: reported?.externalId ?? null, lhxfjid: reported?.jointId ?? null,
});

function registrationOf({ reported, ...record }: OutgoingRecord): RecordCells {
  if (!reported) return { djjgmc: record.unitName, djjgdm: record.unitCode, djsj: record.registeredOn, scxfjg: null, scxfrq: record.firstOn };
  return {
    djjgmc: reported.orgName, djjgdm: reported.orgCode, djjglb: reported.orgKind, djbm: reported.orgDepartment, djr: reported.clerk,
    djsj: reported.registeredAt && momentText(reported.registeredAt), scxfjg: reported.firstOrg, scxfrq: reported.firstOn, repeated_id: reported.repeatOf,
  };
}

const CHANNEL_NAMES: Readonly<Record<string, string>> = { LETTER: '来信', VISIT: '来访', ONLINE: '网上信访', PHONE: '电话信访', LEADER_MAILBOX: '领导信箱', FAX: '传真', OTHER: '其他' };
const PURPOSE_NAMES: Readonly<Record<string, string>> = { CLAIM: '求决', SUGGESTION: '意见建议', OTHER: '其他' };

/** Names, because the numbers of the lists are not published; where a code came in, it goes out again. */
const codesOf = (record: OutgoingRecord): RecordCells => ({
  xfxs: record.reported?.codes['xfxs'] ?? FORMS.find((one) => one.value === record.externalForm)?.zh ?? CHANNEL_NAMES[record.channel] ?? null,
  xfmddm: STATED_PURPOSES.find((one) => one.value === record.statedPurpose)?.zh ?? PURPOSE_NAMES[record.purpose] ?? null,
  nrfldm: record.categoryCode ?? categoryBySlug(record.contentCategory)?.zh ?? record.categorySlug,
  xfyydm: record.causeCode ?? record.causeSlug, rdwt: record.hotTopicCode ?? record.hotTopicSlug, ssxt: record.systemCode ?? record.systemSlug,
});

/** Until something happens here, what the sender said stands; afterwards our own state does, and what they said stays said. */
const stateOf = (record: OutgoingRecord): RecordCells =>
  record.reported && record.status === 'REGISTERED' ? theirState(record.reported) : { ...ourNames(record), ...ourFlags(record) };

const theirState = (reported: OutgoingReport): RecordCells => ({
  xfjzt: statusBySlug(reported.status)?.zh ?? reported.codes['xfjzt'] ?? null, blcx: procedureName(reported.procedureKind) ?? reported.codes['blcx'] ?? null,
  cfxfbz: flag(reported.isRepeat), jabz: flag(reported.isBacklog), fcbz: flag(reported.isReviewed), fhbz: flag(reported.isReReviewed),
  bjbz: flag(reported.isClosed), shrdbjbz: flag(reported.isClosingAccepted),
});

const procedureName = (slug: string | null): string | undefined => PROCEDURES.find((one) => one.slug === slug)?.zh;

const ourNames = ({ status, route, procedureKind }: OutgoingRecord): RecordCells => ({
  xfjzt: statusOf(status)?.zh ?? null, blcx: route ? (procedureName(status === 'ROUTED_TO_LEGAL' ? 'LEGAL_ROUTE' : procedureKind) ?? null) : null,
});

function ourFlags({ status, reported, ...record }: OutgoingRecord): RecordCells {
  const ends = new Set((record.ends ?? '').split(','));
  const either = (theirs: number | null | undefined, ours: boolean): string | null => flag(Boolean(theirs) || ours);
  return {
    cfxfbz: either(reported?.isRepeat, record.petitionsOfCase > 1), jabz: either(reported?.isBacklog, Boolean(record.isInLedger)),
    fcbz: either(reported?.isReviewed, status === 'REVIEW' || status === 'RE_REVIEW'), fhbz: either(reported?.isReReviewed, status === 'RE_REVIEW'),
    bjbz: either(reported?.isClosed, ends.has('HANDLED')), shrdbjbz: either(reported?.isClosingAccepted, ends.has('RECOGNISED')),
  };
}

export const personCells = (person: OutgoingPerson | undefined): RecordCells => (person ? {
  xm: person.name, zjlx: person.idNumber ? idKindName(person.idKind ?? 'RESIDENT_ID') : null, zjhm: person.idNumber, sjh: person.phone, zz: person.address, xfjzfrbz: '1',
} : {});

/** Cuts what is longer than a cell of the record may be, and counts it. */
export function fitCells(cells: RecordCells, widths: Readonly<Record<string, number>>): { cells: RecordCells; shortened: number } {
  let shortened = 0;
  const fit = Object.entries(cells).map(([code, value]) => {
    const width = widths[code];
    if (typeof value !== 'string' || width === undefined || value.length <= width) return [code, value];
    const marks = [...value];
    if (marks.length <= width) return [code, value];
    shortened += 1;
    return [code, marks.slice(0, width).join('')];
  });
  return { cells: Object.fromEntries(fit) as RecordCells, shortened };
}
