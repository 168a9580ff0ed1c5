import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Liquid } from 'liquidjs';
import { DOCUMENT_RULES, zhDate, type DocumentKind } from '../rules/documents';

/** templates/*.liquid at the service's root; src/ and dist/ both find them two levels up. */
const FOLDER = join(__dirname, '../../templates');

export interface PrintFacts {
  readonly number: string;
  readonly issuer: string;
  readonly issuedOn: string;
  /** Name of whom it is written to; null for a paper of the file. */
  readonly addressee: string | null;
  readonly case: { readonly number: string; readonly title: string };
  /** What the template of this kind asks for. */
  readonly fields: Readonly<Record<string, unknown>>;
}

// every value is escaped; a template that misses a value fails here and not in a petitioner's hands; an empty text is no text (in Liquid it would be true)
const engine = new Liquid({ root: FOLDER, outputEscape: 'escape', strictVariables: true, strictFilters: true, lenientIf: true, jsTruthy: true, cache: true, ownPropertyOnly: true });
engine.registerFilter('zhDate', (day: unknown) => {
  if (typeof day !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(day)) throw new Error(`no day to print: ${String(day)}`);
  return zhDate(day);
});

const fileOf = (kind: DocumentKind): string => `${kind.toLowerCase().replaceAll('_', '-')}.liquid`;

/** A4, print-ready, self-contained HTML in Chinese. */
export const printDocument = (kind: DocumentKind, facts: PrintFacts): string =>
  engine.renderFileSync(fileOf(kind), { ...facts, title: DOCUMENT_RULES[kind].title }) as string;

const versions = new Map<DocumentKind, string>();

/** Which text of the template printed a paper: 12 hex digits over layout and template. */
export function templateVersion(kind: DocumentKind): string {
  const known = versions.get(kind);
  if (known) return known;
  const hash = createHash('sha256');
  for (const file of ['layout.liquid', 'opinion-body.liquid', fileOf(kind)]) hash.update(readFileSync(join(FOLDER, file)));
  const version = hash.digest('hex').slice(0, 12);
  versions.set(kind, version);
  return version;
}
