import { courseOf } from './campaigns';
import { inventCitizen, type Citizen } from './citizens';
import { COUNTIES, DISTRICT, DISTRICT_TOWNSHIPS } from './divisions';
import { dayAfter } from './days';
import { spansOf, type Span } from './ledger-spans';
import { leadersOf } from './officials';
import type { Plot, Scene } from './plot';
import { plotOf, plots, tell } from './plots';
import { createRandom, type Random } from './random';
import { sceneIn } from './scenes';
import { unit, type UnitMark } from './units';

/** One row of a ledger workbook, by the keys of the importer's columns. */
export interface LedgerRow extends Citizen {
  readonly sourceNumber: string;
  readonly petitionedOn: string;
  readonly channel: string;
  readonly purpose: string | null;
  readonly divisionCode: string;
  readonly contentCategory: string;
  readonly title: string;
  readonly summary: string;
  readonly petitionerCount: number;
  readonly affectedCount: number;
  readonly registeredOn: string;
  readonly enteredOn: string;
  /** Code or name of a unit, as offices write either. */
  readonly leadUnit: string;
  readonly supportUnits: string | null;
  /** Staff number. */
  readonly sponsor: string | null;
  readonly limitOn: string | null;
  readonly resolvedOn: string | null;
  /** Not a column: which department leads, for whoever plays on. */
  readonly lead: UnitMark;
}

/** Where a ledger's rows come from. */
export interface RowSource {
  readonly countyCode: string;
  readonly seed: string;
  /** First serial of the ledger's petitioners: no two ledgers share one. */
  readonly firstSerial: number;
  readonly spans: readonly Span[];
}

const CHANNELS = ['来访', '来访', '来访', '来信', '网上信访', '网上信访', '电话', '领导信箱'] as const;

/** Rows in the order of registration; the same seed gives the same rows. */
export function inventRows({ countyCode, seed, firstSerial, spans }: RowSource): LedgerRow[] {
  const random = createRandom(seed);
  const taken = new Set<string>();
  return [...spans]
    .sort((a, b) => (a.registeredOn < b.registeredOn ? -1 : 1))
    .map((span, i) => inventRow({ countyCode, span, random, taken, serial: firstSerial + i }));
}

interface Draft {
  readonly countyCode: string;
  readonly span: Span;
  readonly random: Random;
  readonly taken: Set<string>;
  readonly serial: number;
}

function inventRow({ countyCode, span, random, taken, serial }: Draft): LedgerRow {
  const plot = span.plot === undefined ? random.pick(plots) : plotOf(span.plot);
  const { scene, title } = freshStory({ countyCode, plot, random, taken });
  const home = title.includes(scene.village) ? scene.village : scene.estate;
  const petitionedOn = dayAfter(span.registeredOn, -random.int(0, 3));
  return {
    ...inventCitizen(serial, { countyCode, township: scene.township, home }, random),
    sourceNumber: `NX${countyCode}${span.registeredOn.replaceAll('-', '')}${String(serial).padStart(5, '0')}`,
    petitionedOn,
    channel: random.pick(CHANNELS),
    purpose: random.chance(90) ? '申诉求决' : null,
    divisionCode: nearestDivision(countyCode, scene.township, random),
    contentCategory: plot.category,
    title,
    summary: tell(plot, scene, random),
    petitionerCount: random.chance(60) ? 1 : random.int(2, 5),
    affectedCount: scene.households * random.int(1, 3),
    registeredOn: span.registeredOn,
    enteredOn: span.enteredOn,
    ...responsible({ countyCode, plot, random }),
    sponsor: sponsorOf(countyCode, span, random),
    limitOn: span.limitOn,
    resolvedOn: span.resolvedOn,
  };
}

interface StoryWish {
  readonly countyCode: string;
  readonly plot: Plot;
  readonly random: Random;
  readonly taken: Set<string>;
}

/** A title that no other row of the ledger bears. */
function freshStory({ countyCode, plot, random, taken }: StoryWish): { scene: Scene; title: string } {
  for (;;) {
    const scene = sceneIn(countyCode, random);
    const title = random.pick(plot.titles)(scene);
    if (taken.has(title)) continue;
    taken.add(title);
    return { scene, title };
  }
}

/** The township where its code is known, else the county. */
function nearestDivision(countyCode: string, township: string, random: Random): string {
  const known = countyCode === DISTRICT ? DISTRICT_TOWNSHIPS.find((one) => one.name === township) : undefined;
  return known && random.chance(30) ? known.code : countyCode;
}

function responsible({ countyCode, plot, random }: Omit<StoryWish, 'taken'>) {
  const lead = unit(countyCode, plot.lead);
  const supports = plot.support.filter(() => random.chance(60)).map((mark) => unit(countyCode, mark).name);
  return {
    lead: plot.lead,
    leadUnit: random.chance(50) ? lead.code : lead.name,
    supportUnits: supports.length > 0 ? supports.join('、') : null,
  };
}

/** Most rows name a leader; some never got one. */
function sponsorOf(countyCode: string, { leader }: Span, random: Random): string | null {
  const leaders = leadersOf(countyCode);
  if (leader !== undefined) return leader === null ? null : (leaders[leader]?.staffNo ?? null);
  return random.chance(94) ? random.pick(leaders).staffNo : null;
}

/** The ledger of a county in the campaign of 2020. */
export function ledgerOf(countyCode: string): readonly LedgerRow[] {
  const ordinal = COUNTIES.findIndex((one) => one.code === countyCode);
  const seed = `ledger/${countyCode}`;
  return inventRows({ countyCode, seed, firstSerial: ordinal * 200, spans: spansOf(countyCode, courseOf(countyCode)) });
}
