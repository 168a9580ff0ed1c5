import { isInDivision, type Refusal, refuse } from '@anjie/contracts';

/** Art. 30 ¶3: 不得将信访人的检举、控告材料以及有关情况透露或者转给被检举、控告的人员或者单位. */
const ART_30_3 = '《信访工作条例》第三十条第三款';
const ART_23_4 = '《信访工作条例》第二十三条第四款';
const ART_30 = '《信访工作条例》第三十条';

/** What everybody who may list a sealed case reads in place of its title and summary. */
export const SEALED_TITLE = { zh: '检举控告件', en: 'Accusation (sealed)' } as const;

/** Why somebody is kept out of a case. */
export const EXCLUSION_GROUNDS = ['ACCUSED', 'HEADED_BY_ACCUSED', 'SUCCESSOR', 'LINE', 'OFFICE'] as const;
export type ExclusionGround = (typeof EXCLUSION_GROUNDS)[number];

export interface Exclusion {
  readonly kind: 'UNIT' | 'OFFICIAL';
  readonly id: string;
  readonly ground: ExclusionGround;
}

export interface LineUnit {
  readonly id: string;
  readonly kind: string;
}

/** A unit as the tree stands today, with the units above it, nearest first. */
export interface TreeUnit extends LineUnit {
  readonly divisionCode: string;
  readonly successorUnitId: string | null;
  readonly above: readonly LineUnit[];
}

export interface TreeFacts {
  /** Each accused unit, each unit that an accused official heads, and whatever followed on any of them. */
  readonly units: ReadonlyMap<string, TreeUnit>;
  /** Units that an official heads, by official. */
  readonly headed: ReadonlyMap<string, readonly string[]>;
}

export interface Accused {
  readonly unitId: string | null;
  readonly officialId: string | null;
}

/**
 * Bodies that lead a place or supervise others end a department's line: keeping them out would keep out every unit
 * below them, and with it the very organs that the material is meant for.
 */
const ENDS_LINE: ReadonlySet<string> = new Set([
  'PARTY', 'GOVERNMENT', 'FUNCTIONAL_ZONE', 'TOWNSHIP', 'JOINT_OFFICE', 'DISCIPLINE', 'POLITICAL_LEGAL', 'COURT_PROCURATORATE',
]);

/** The units that head a unit in its own line, nearest first: up to the first body that leads a place or supervises. */
export function lineAbove(above: readonly LineUnit[]): readonly LineUnit[] {
  const end = above.findIndex((unit) => ENDS_LINE.has(unit.kind));
  return end === -1 ? above : above.slice(0, end);
}

/**
 * Who is kept out of an accusation: the accused, in person wherever they serve; the unit, and with it (by the
 * predicate) its subtree; the unit that an accused official heads; what followed on it; the units that head it.
 */
export function exclusionsOfAccused(accused: readonly Accused[], tree: TreeFacts): Exclusion[] {
  const found = new Map<string, Exclusion>();
  const add = (kind: Exclusion['kind'], id: string, ground: ExclusionGround): void => {
    if (!found.has(`${kind}|${id}`)) found.set(`${kind}|${id}`, { kind, id, ground });
  };
  const named = accused.flatMap(({ unitId }) => unitId ?? []);
  const headed = accused.flatMap(({ officialId }) => (officialId ? (tree.headed.get(officialId) ?? []) : []));
  for (const { officialId } of accused) if (officialId) add('OFFICIAL', officialId, 'ACCUSED');
  for (const id of named) add('UNIT', id, 'ACCUSED');
  for (const id of headed) add('UNIT', id, 'HEADED_BY_ACCUSED');
  const units = new Set([...named, ...headed]);
  for (const id of units) {
    const next = tree.units.get(id)?.successorUnitId;
    if (!next) continue;
    add('UNIT', next, 'SUCCESSOR');
    units.add(next);
  }
  for (const id of units) for (const unit of lineAbove(tree.units.get(id)?.above ?? [])) add('UNIT', unit.id, 'LINE');
  return [...found.values()];
}

/** Is a unit with these units above it kept out? Exclusion of a unit is exclusion of its subtree. */
export const isKeptOut = (unit: { readonly id: string; readonly above: readonly LineUnit[] }, excluded: ReadonlySet<string>): boolean =>
  excluded.has(unit.id) || unit.above.some((one) => excluded.has(one.id));

/** 纪检监察机关、政法机关: who may receive an accusation. */
export const RECEIVING_KINDS: ReadonlySet<string> = new Set(['DISCIPLINE', 'POLITICAL_LEGAL', 'COURT_PROCURATORATE']);

export type ReceiverFaultCode = 'UNIT_UNKNOWN' | 'OWN_UNIT' | 'UNIT_EXCLUDED' | 'UNIT_KIND_NOT_FIT' | 'UNIT_LEVEL_NOT_FIT';

export interface TransferFacts {
  /** Undefined: not known here, or closed. */
  readonly receiver: TreeUnit | undefined;
  readonly fromUnitId: string;
  /** Units that are kept out, as they stand after the accused were looked up again. */
  readonly excluded: ReadonlySet<string>;
  /** Divisions of the case and of the accused: the receiver stands at their level or above. */
  readonly places: readonly string[];
}

/** Why the accusation may not go to this unit; undefined when it may. */
export function receiverFault({ receiver, fromUnitId, excluded, places }: TransferFacts): Refusal<ReceiverFaultCode> | undefined {
  if (!receiver) return refuse('UNIT_UNKNOWN', '接收机关不存在或已撤销。', 'The receiving organ is not known here or is closed.');
  if (isKeptOut(receiver, excluded)) {
    return refuse('UNIT_EXCLUDED', '不得将检举、控告材料转给被检举、控告的单位及其下属、上级主管单位。', 'Never to the accused unit, its subtree or its line.', ART_30_3);
  }
  if (receiver.id === fromUnitId) return refuse('OWN_UNIT', '不能转送给本单位。', 'A unit transfers nothing to itself.');
  if (!RECEIVING_KINDS.has(receiver.kind)) {
    return refuse('UNIT_KIND_NOT_FIT', '检举控告件只能转送纪检监察机关或者政法机关。', 'Only to a discipline or a political-legal organ.', `${ART_23_4}、第三十条`);
  }
  if (places.every((place) => isInDivision(place, receiver.divisionCode))) return undefined;
  return refuse('UNIT_LEVEL_NOT_FIT', '应转送同级或者上级机关。', 'To an organ of the same level or above.', ART_23_4);
}

/** Where an accusation stands; codes only ever come back from the receiving organ (进展报信联办). */
export const ACCUSATION_STAGES = ['REGISTERED', 'TRANSFERRED', 'RECEIVED', 'UNDER_REVIEW', 'CONCLUDED'] as const;
export type AccusationStage = (typeof ACCUSATION_STAGES)[number];
export type ReportedStage = Exclude<AccusationStage, 'REGISTERED' | 'TRANSFERRED'>;

export function stageFault(from: AccusationStage, to: ReportedStage): Refusal<'NOT_TRANSFERRED' | 'STAGE_NOT_AHEAD'> | undefined {
  if (from === 'REGISTERED') return refuse('NOT_TRANSFERRED', '尚未转送，无进度可报。', 'It is not transferred yet.', ART_30);
  if (ACCUSATION_STAGES.indexOf(to) > ACCUSATION_STAGES.indexOf(from)) return undefined;
  return refuse('STAGE_NOT_AHEAD', '进度只能向前推进。', 'A stage lies ahead of the one before it.', ART_30);
}

export type TransferableStatus = 'REGISTERED' | 'TRANSFERRED';

/** The life table's TRANSFER: from registration, and onwards from one organ to the next; the case stays 已移送. */
export const isTransferable = (status: string): status is TransferableStatus => status === 'REGISTERED' || status === 'TRANSFERRED';

export interface AccusedGiven {
  readonly unitId?: string | null | undefined;
  readonly officialId?: string | null | undefined;
  readonly description?: string | null | undefined;
}

const CONTROL = /[^\P{Cc}\t\n\r]/u;
const isWordsFit = (text: string): boolean => text.trim() !== '' && [...text].length <= 500 && !CONTROL.test(text);
const isNamedOnce = ({ unitId, officialId, description }: AccusedGiven): boolean =>
  [unitId, officialId, description].filter((one) => one !== null && one !== undefined).length === 1 && (typeof description !== 'string' || isWordsFit(description));

/** 被检举控告的人员或者单位: each named once, by a unit, an official or words; at most 20. */
export function accusedFault(purpose: string, accused: readonly AccusedGiven[]): Refusal<'ACCUSED_NOT_FIT'> | undefined {
  if (accused.length > 0 && purpose !== 'ACCUSATION') {
    return refuse('ACCUSED_NOT_FIT', '只有检举控告件登记被检举控告对象；其他信访件请使用“回避”。', 'Only an accusation names the accused; in other cases use excludeFromCase.', ART_30_3);
  }
  if (accused.length <= 20 && accused.every(isNamedOnce)) return undefined;
  return refuse('ACCUSED_NOT_FIT', '被检举控告对象须逐一列明：单位、干部或文字说明三者择一，至多20个。', 'Name each of the accused once, by unit, official or words; at most 20.');
}

/** Whoever is accused does not take the accusation in: another office does, and the petitioner is told where. */
export const registrarIsAccused = (): Refusal<'UNIT_EXCLUDED'> =>
  refuse(
    'UNIT_EXCLUDED', '本单位或本人属于被检举控告对象，不得接收；请告知信访人向上级信访部门或者纪检监察机关提出。',
    'You or your unit are among the accused and cannot take it in; tell the petitioner to turn to a higher office or a discipline organ.', ART_30_3,
  );
