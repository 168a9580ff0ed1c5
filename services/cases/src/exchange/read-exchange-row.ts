import type { ReadRow, RowProblem, RowReading } from '@anjie/service-kit/imports';
import { problem, type ImportLookup } from '../imports/import-lookup';
import { categoryCells, type PetitionCells } from '../imports/read-petition-cells';
import type { Identity } from '../petitioners/petitioner-repository';
import { isCodeLike } from '../rules/exchange-values';
import type { Intake, OutsideCode } from '../rules/intake';
import { formNamed, purposeNamed } from '../rules/intake-kinds';
import { isFitText } from '../rules/text-form';
import { peopleIn, placeIn } from './read-exchange-people';
import { codesOf, flagIn, reportedFacts } from './read-reported-facts';
import type { ReportedFacts } from './reported-facts';

export interface ExchangeDraft extends PetitionCells {
  readonly sourceDivisionCode: string;
  readonly summary: string;
  readonly content: string | null;
  readonly petitionerCount: number;
  readonly affectedCount: number | null;
  readonly identities: readonly Identity[];
  readonly claims: readonly string[];
  readonly intake: Partial<Intake>;
  readonly reported: ReportedFacts;
}

const NOBODY: Identity = { name: null, idNumber: null, phone: null, address: null, isPrincipal: true };
const MOST_PEOPLE = 1_000_000;
const TITLE_LENGTH = 60;

/** One exchange record as a petition. Pure. */
export function readExchangeRow(row: ReadRow, lookup: ImportLookup): RowReading<ExchangeDraft> {
  const problems: RowProblem[] = [];
  const people = peopleIn(row, lookup.today, problems);
  const isAnonymous = flagIn(row, 'nmbz') === true;
  if (isAnonymous && people.length > 0) problems.push({ key: 'nmbz', code: 'ANONYMOUS_IDENTITY_DROPPED', severity: 'NOTICE', zh: '匿名信访件，随附的身份信息已舍弃', en: 'An anonymous petition: the identity that came with it was dropped' });
  const identities = isAnonymous ? [] : people;
  const draft = { ...petitionOf(row), identities, identity: identities[0] ?? NOBODY, ...factsOf(row, { identities, isAnonymous }), ...reportedOf(row, problems) };
  problems.push(...faultsOf(row, draft, lookup));
  const faults = problems.filter((one) => one.severity !== 'NOTICE');
  return faults.length > 0 ? { problems } : { draft, notices: problems };
}

function petitionOf(row: ReadRow) {
  const summary = row.text('gkxx') ?? '';
  const claims = (row.text('sq') ?? '').split('\n').map((line) => line.trim()).filter((line) => line !== '');
  return {
    sourceDivisionCode: row.text('xzqh') ?? '', sourceNumber: row.text('xfjbh'), petitionedOn: row.text('xfrq') ?? '', channel: formNamed(row.text('xfxs'))?.of ?? 'OTHER',
    purpose: purposeNamed(row.text('xfmddm'))?.of ?? 'OTHER', divisionCode: row.text('wtsddm') ?? '', ...categoryCells(row.text('nrfldm')),
    title: row.text('bt') ?? [...(summary.split('\n')[0] ?? '')].slice(0, TITLE_LENGTH).join('').trim(), summary, content: row.text('tsnr'), claims,
  };
}

/** A word of the office's own, or a code of a list that is not published. */
const codeIn = (row: ReadRow, key: string): OutsideCode | null => {
  const text = row.text(key);
  if (!text) return null;
  return isCodeLike(text) ? { slug: null, externalCode: text } : { slug: text, externalCode: null };
};

function factsOf(row: ReadRow, { identities, isAnonymous }: { identities: readonly Identity[]; isAnonymous: boolean }) {
  const isJoint = flagIn(row, 'lmbz');
  const intake: Partial<Intake> = {
    addressee: row.text('sxr'), externalForm: formNamed(row.text('xfxs'))?.value ?? null, statedPurpose: purposeNamed(row.text('xfmddm'))?.value ?? null,
    isAnonymous, isIdentityUnclear: isAnonymous || !identities.some((one) => one.name), ...(isJoint === null ? {} : { isJoint }),
    consentsToPublication: flagIn(row, 'gkbz'), isFirstAtOrg: flagIn(row, 'bjgccbz'), isFirstNationwide: flagIn(row, 'qgccbz'), isMajorUrgent: flagIn(row, 'zdjjbz') === true,
    involvesLitigation: flagIn(row, 'sfssbz') === true, isCrossSeparation: flagIn(row, 'sksflbz') === true, cause: codeIn(row, 'xfyydm'), hotTopic: codeIn(row, 'rdwt'),
    system: codeIn(row, 'ssxt'), residenceDivisionCode: placeIn(row, 'zzdm'), householdDivisionCode: placeIn(row, 'hkszd'),
  };
  return { petitionerCount: row.integer('xfrs') ?? Math.max(1, identities.length), affectedCount: row.integer('sjrs'), intake };
}

function reportedOf(row: ReadRow, problems: RowProblem[]): { reported: ReportedFacts } {
  const reported = reportedFacts(row, problems);
  const form = formNamed(row.text('xfxs')) ? null : row.text('xfxs');
  if (form) problems.push({ key: 'xfxs', code: 'FORM_UNKNOWN', severity: 'NOTICE', zh: '信访形式无法识别，按“其他”登记，原值保存', en: 'The form is not known: registered as other, the value is kept' });
  return { reported: { ...reported, codes: { ...reported.codes, ...codesOf([['xfxs', form]]) } } };
}

function faultsOf(row: ReadRow, draft: ExchangeDraft, lookup: ImportLookup): RowProblem[] {
  return [...placeFaults(draft, lookup), ...purposeFaults(row), ...dayFaults(draft, lookup), ...textFaults(draft), ...countFaults(draft)];
}

function placeFaults(draft: ExchangeDraft, lookup: ImportLookup): RowProblem[] {
  const sender = /^[1-9]\d{5}$/.test(draft.sourceDivisionCode) ? [] : [problem('xzqh', 'DIVISION_UNKNOWN', { zh: '发送方行政区划代码应为6位', en: 'The sender’s division code has 6 digits' })];
  if (!lookup.divisions.has(draft.divisionCode)) return [...sender, problem('wtsddm', 'DIVISION_UNKNOWN', { zh: '问题属地代码未知', en: 'Division code not known' })];
  return draft.divisionCode.startsWith(lookup.reach) ? sender : [...sender, problem('wtsddm', 'DIVISION_OUT_OF_REACH', { zh: '不在您的管辖范围', en: 'Outside your reach' })];
}

/** 第三十条: what may be an accusation never enters beside the sealed lane; so a purpose that nobody can name is refused. */
function purposeFaults(row: ReadRow): RowProblem[] {
  const purpose = purposeNamed(row.text('xfmddm'));
  if (!purpose && row.text('xfmddm') !== '99') return [problem('xfmddm', 'PURPOSE_UNKNOWN', { zh: '信访目的请填写名称（求决、意见建议、申诉、揭发控告、咨询、其他），不按数字代码对应', en: 'Write the purpose by name; numbers are not matched' })];
  return purpose?.of === 'ACCUSATION' ? [problem('xfmddm', 'ACCUSATION_NOT_HERE', { zh: '揭发控告须走保密通道（《信访工作条例》第三十条），请逐件登记，不导入', en: 'Accusations go to the sealed lane (Art. 30): register each by itself, they are not imported' })] : [];
}

function dayFaults({ petitionedOn, reported }: ExchangeDraft, { today }: ImportLookup): RowProblem[] {
  const future = (key: string) => problem(key, 'DATE_IN_FUTURE', { zh: '日期晚于今天', en: 'The date lies in the future' });
  const registeredOn = reported.registeredAt?.slice(0, 10);
  return [
    ...(petitionedOn > today ? [future('xfrq')] : []), ...(registeredOn && registeredOn > today ? [future('djsj')] : []), ...(reported.firstOn && reported.firstOn > today ? [future('scxfrq')] : []),
    ...(registeredOn && registeredOn < petitionedOn ? [problem('djsj', 'DATE_ORDER', { zh: '登记时间早于信访日期', en: 'Registered before the day that it bears' })] : []),
  ];
}

function textFaults(draft: ExchangeDraft): RowProblem[] {
  const texts: readonly (readonly [string, string | null, number])[] = [
    ['bt', draft.title, 200], ['gkxx', draft.summary, 4_000], ['tsnr', draft.content, 4_000], ['sxr', draft.intake.addressee ?? null, 100], ...draft.claims.map((claim) => ['sq', claim, 500] as const),
  ];
  const unfit = texts.filter(([, text, most]) => !isFitText(text, 0, most)).map(([key]) => problem(key, 'TEXT_INVALID', { zh: '过长，或含不可见字符', en: 'Too long, or holds hidden characters' }));
  return draft.claims.length <= 20 ? unfit : [...unfit, problem('sq', 'TOO_MANY_CLAIMS', { zh: '诉求最多20项', en: 'At most 20 claims' })];
}

function countFaults({ petitionerCount, affectedCount, identities }: ExchangeDraft): RowProblem[] {
  const wrong = (key: string) => problem(key, 'COUNT_OUT_OF_RANGE', { zh: '人数少于所列信访人，或超出可能范围', en: 'Lower than the people named, or beyond what is possible' });
  return [
    ...(petitionerCount < Math.max(1, identities.length) || petitionerCount > MOST_PEOPLE ? [wrong('xfrs')] : []),
    ...(affectedCount !== null && (affectedCount < 0 || affectedCount > MOST_PEOPLE) ? [wrong('sjrs')] : []),
  ];
}
