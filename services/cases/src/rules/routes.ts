/** 分流: what kind of petition it is decides what happens to it (《信访工作条例》第二十九至三十一条). Routing comes before any clock. */

export const ROUTES = ['ART29', 'ART30', 'ART31_1', 'ART31_2', 'ART31_3', 'ART31_4', 'ART31_5', 'ART31_6'] as const;
export type Route = (typeof ROUTES)[number];
export type ProcedureKind = 'ORDINARY' | 'SIMPLE';
export type Purpose = 'CLAIM' | 'SUGGESTION' | 'ACCUSATION' | 'OTHER';

interface RouteRule {
  readonly basis: string;
  readonly zh: string;
  readonly en: string;
  /** Purposes that may take the route. */
  readonly purposes: readonly Purpose[];
  /** HANDLE: accepted and answered here. LEGAL: leaves for a legal procedure. SEALED: the lane for accusations. */
  readonly leads: 'HANDLE' | 'LEGAL' | 'SEALED';
  /** Only Art. 31(6) starts the 60 days (第三十四条). */
  readonly hasHandlingClock: boolean;
}

const legal = (item: string, zh: string, en: string): RouteRule =>
  ({ basis: `《信访工作条例》第三十一条第${item}项`, zh, en, purposes: ['CLAIM', 'OTHER'], leads: 'LEGAL', hasHandlingClock: false });

export const ROUTE_RULES: Readonly<Record<Route, RouteRule>> = {
  ART29: { basis: '《信访工作条例》第二十九条', zh: '意见建议，研究论证', en: 'a suggestion, studied and answered', purposes: ['SUGGESTION', 'OTHER'], leads: 'HANDLE', hasHandlingClock: false },
  ART30: { basis: '《信访工作条例》第三十条', zh: '检举控告，保密通道', en: 'an accusation, the sealed lane', purposes: ['ACCUSATION'], leads: 'SEALED', hasHandlingClock: false },
  ART31_1: legal('一', '诉讼、检察、公安等程序', 'court, procuratorate or public security procedure'),
  ART31_2: legal('二', '仲裁程序', 'arbitration'),
  ART31_3: legal('三', '党员申诉、申请复审程序', 'a Party member’s appeal'),
  ART31_4: legal('四', '行政复议、裁决、确认、许可、处罚等程序', 'administrative reconsideration, adjudication, confirmation, licence or penalty'),
  ART31_5: legal('五', '查处违法行为、履行保护职责程序', 'a duty to act against a violation or to protect'),
  ART31_6: {
    basis: '《信访工作条例》第三十一条第六项', zh: '调查核实，出具信访处理意见书', en: 'investigate and give a written opinion', purposes: ['CLAIM', 'OTHER'],
    leads: 'HANDLE', hasHandlingClock: true,
  },
};

export const fitsPurpose = (route: Route, purpose: Purpose): boolean => ROUTE_RULES[route].purposes.includes(purpose);

/** The rule whose period acceptance starts; null when the route has none of its own. */
export function handlingRuleOf(route: Route, procedure: ProcedureKind): 'T8' | 'SIMPLE_OPINION' | null {
  if (!ROUTE_RULES[route].hasHandlingClock) return null;
  return procedure === 'SIMPLE' ? 'SIMPLE_OPINION' : 'T8';
}

export interface SimpleFacts {
  readonly purpose: Purpose;
  readonly route: Route;
  /** First petition about the matter (初次). */
  readonly isFirst: boolean;
  readonly involvesLitigation: boolean;
  readonly isUnderReview: boolean;
}

/** 《信访事项简易办理办法（试行）》: first-time, clear and undisputed matters; never 涉法涉诉 or in review (brief §1.4). */
export function whyNotSimple({ route, isFirst, involvesLitigation, isUnderReview }: SimpleFacts): 'NOT_FIRST' | 'LITIGATION' | 'UNDER_REVIEW' | 'ROUTE' | null {
  if (ROUTE_RULES[route].leads !== 'HANDLE') return 'ROUTE';
  if (!isFirst) return 'NOT_FIRST';
  if (involvesLitigation) return 'LITIGATION';
  return isUnderReview ? 'UNDER_REVIEW' : null;
}
