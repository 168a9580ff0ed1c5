import { insertRows, newId, type Sql } from '@anjie/service-kit/database';
import { groupBy } from '@anjie/service-kit/runtime';
import { searchGrams } from '@anjie/service-kit/search';
import { intakeColumns } from '../petitions/intake-columns';
import { insertPetitioners, type Identity } from '../petitioners/petitioner-repository';
import type { IdentityVault } from '../petitioners/identity-vault';
import type { Intake, OutsideCode } from '../rules/intake';
import { isCollective, isJoint } from '../rules/intake-people';
import { signRegistered } from '../repeats/signature-writer';
import { caseNumber, petitionNumber } from '../rules/numbers';
import { takeSerials } from './serials';

/** A petition as it comes in, before numbers are given. */
export interface NewPetition {
  readonly channel: string;
  readonly petitionedOn: string;
  readonly title: string;
  readonly content: string | null;
  readonly petitionerCount: number;
  readonly affectedCount: number | null;
  readonly identities: readonly Identity[];
  /** A content category that our catalogue does not have, as it came. */
  readonly externalCategory?: OutsideCode | null;
  readonly intake?: Partial<Intake>;
  /** 诉求 as stated with this petition; written by the caller, compared here. */
  readonly claims?: readonly string[];
}

export interface NewCase {
  readonly divisionCode: string;
  readonly purpose: string;
  readonly title: string;
  readonly summary: string;
  readonly contentCategory: string | null;
  readonly registeredOn: string;
  readonly registeredUnitId: string | null;
  readonly leadUnitId: string | null;
  readonly leadSince: string | null;
  readonly limitOn: string | null;
  /** 检举控告件: title and summary are words that say nothing, a number series of its own tells no gap. */
  readonly isSealed?: boolean;
}

/** Writes many cases in a fixed number of statements; answers their ids in order. Version 1. */
export async function insertCases(tx: Sql, cases: readonly NewCase[]): Promise<string[]> {
  const numbers = await numbered(tx, cases, (one) => `${one.isSealed ? 'sealed' : 'case'}/${one.divisionCode.slice(0, 6)}/${one.registeredOn.slice(0, 4)}`);
  const rows = cases.map((one, i) => ({
    id: newId(),
    number: sealedMark(one) + caseNumber(one.divisionCode, one.registeredOn.slice(0, 4), numbers[i] ?? 0),
    title: one.title,
    summary: one.summary,
    search_grams: one.isSealed ? '' : searchGrams(`${one.title} ${one.summary}`),
    status: one.leadUnitId ? 'ASSIGNED' : 'REGISTERED',
    purpose: one.purpose,
    content_category: one.contentCategory,
    division_code: one.divisionCode,
    registered_on: one.registeredOn,
    registered_unit_id: one.registeredUnitId,
    lead_unit_id: one.leadUnitId,
    lead_since: one.leadSince,
    limit_on: one.limitOn,
    plan_since: null,
    is_sealed: one.isSealed ?? false,
    route: one.isSealed ? 'ART30' : null,
    version: 1,
    procedure_kind: 'ORDINARY',
  }));
  await insertRows(tx, 'cases', rows);
  return rows.map((row) => row.id);
}

/** A sealed number is told apart, because its series counts for itself: no gap in the ordinary one says that it exists. */
const sealedMark = ({ isSealed }: { readonly isSealed?: boolean }): string => (isSealed ? 'S' : '');

export interface PetitionOfCase {
  readonly caseId: string;
  readonly divisionCode: string;
  readonly registeredOn: string;
  readonly registeredUnitId: string | null;
  readonly petition: NewPetition;
  readonly isSealed?: boolean;
  /** Business now: when a major and urgent petition was marked so. */
  readonly markedAt?: Date;
}

/** Writes many petitions with their sealed petitioners; answers their ids in order. */
export async function insertPetitions(tx: Sql, vault: IdentityVault, petitions: readonly PetitionOfCase[]): Promise<string[]> {
  const serials = await numbered(tx, petitions, (one) => `${one.isSealed ? 'sealed-petition' : 'petition'}/${one.divisionCode.slice(0, 6)}/${one.registeredOn}`);
  const rows = petitions.map(({ petition, ...place }, i) => {
    const id = newId();
    return {
      id,
      number: sealedMark(place) + petitionNumber({ divisionCode: place.divisionCode, channel: petition.channel, on: place.registeredOn, serial: serials[i] ?? 0 }),
      case_id: place.caseId,
      channel: petition.channel,
      petitioned_on: petition.petitionedOn,
      registered_on: place.registeredOn,
      registered_unit_id: place.registeredUnitId,
      title: petition.title,
      content_sealed: vault.seal(petition.content, { column: 'petitions.content_sealed', rowId: id }),
      petitioner_count: petition.petitionerCount,
      affected_count: petition.affectedCount,
      ...intakeColumns(knownOf(petition), { on: place.registeredOn, at: place.markedAt ?? null }),
    };
  });
  await insertRows(tx, 'petitions', rows);
  await insertPetitioners(tx, vault, rows.map((row, i) => ({ petitionId: row.id, identities: petitions[i]?.petition.identities ?? [], isSealed: petitions[i]?.isSealed ?? false })));
  await signRegistered(tx, vault.matterSigner, rows.map((row, i) => ({
    petitionId: row.id, caseId: row.case_id, title: row.title, content: petitions[i]?.petition.content ?? null,
    claims: petitions[i]?.petition.claims, people: (petitions[i]?.petition.identities ?? []).map((person) => ({ ...person, isAgent: person.role === 'AGENT' })),
  })));
  return rows.map((row) => row.id);
}

/** What follows from the rest, and what the writer knows. */
const knownOf = ({ channel, petitionerCount, externalCategory, intake }: NewPetition): Partial<Intake> => ({
  isJoint: isJoint(channel, petitionerCount), isCollective: isCollective(channel, petitionerCount), externalCategory: externalCategory ?? null, ...intake,
});

/** A serial for each item, taken once per series. */
async function numbered<Item>(tx: Sql, items: readonly Item[], seriesOf: (item: Item) => string): Promise<number[]> {
  const bySeries = groupBy(items.map((item, i) => ({ series: seriesOf(item), i })), (entry) => entry.series);
  const firsts = await takeSerials(tx, new Map([...bySeries].map(([series, entries]) => [series, entries.length])));
  const result = new Array<number>(items.length);
  for (const [series, entries] of bySeries) entries.forEach(({ i }, n) => (result[i] = (firsts.get(series) ?? 0) + n));
  return result;
}
