import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { AppError, neverKept, type ServiceName } from '@anjie/contracts';
import { parse } from 'yaml';
import { z } from 'zod';

/** What every kind says of itself; a book adds its own rules as further fields. */
export const kindFields = {
  /** Stands in rows and on the wire; never changed once used. */
  code: z.string().regex(/^[A-Z][A-Z0-9_]{0,47}$/, 'upper-case letters, digits and _'),
  zh: z.string().min(1).max(60),
  en: z.string().min(1).max(120),
  /** Article or document. */
  basis: z.string().max(200).optional(),
  /** Rows of the catalogue of mechanisms that this kind serves. */
  rows: z.array(z.number().int().min(1).max(143)).default([]),
  /** Known for what was recorded; nothing new is recorded under it. */
  retired: z.boolean().default(false),
} as const;

export interface Kind {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  readonly basis?: string | undefined;
  readonly rows: readonly number[];
  readonly retired: boolean;
}

export interface KindBookPlan<Schema extends z.ZodType<Kind>> {
  readonly service: ServiceName;
  /** Plural noun: `activities` is read from `activities.yaml`. */
  readonly name: string;
  /** The file of this release. */
  readonly shipped: string;
  /** Strict: a field that nothing reads is a mistake of its author. */
  readonly schema: Schema;
}

export interface KindBook<One extends Kind> {
  readonly name: string;
  /** In the order of the files, shipped ones first, retired ones included. */
  readonly all: readonly One[];
  /** A kind under which something new may be recorded. */
  usable(code: string): One | undefined;
  /** The kind of a row. @throws AppError when a file no longer holds it: a kind is retired, not deleted */
  of(code: string): One;
}

/**
 * The kinds of this release with those of a locality's file: a locality adds kinds without code, and cannot change the shipped
 * ones, whose safeguards (consent, way back, no condition) are the product's. @throws Error naming file and row of everything wrong
 */
export function openKindBook<Schema extends z.ZodType<Kind>>({ service, name, shipped, schema }: KindBookPlan<Schema>, folder?: string): KindBook<z.infer<Schema>> {
  const local = folder ? join(folder, service, `${name}.yaml`) : undefined;
  const files = local && existsSync(local) ? [shipped, local] : [shipped];
  const all = files.flatMap((file) => readKinds(file, schema));
  const byCode = new Map<string, z.infer<Schema>>();
  for (const kind of all) {
    if (byCode.has(kind.code)) throw new Error(`${name}.yaml: the kind ${kind.code} is there twice; a kind of this release cannot be replaced, add one of your own`);
    byCode.set(kind.code, kind);
  }
  return {
    name,
    all,
    usable: (code) => (byCode.get(code)?.retired === false ? byCode.get(code) : undefined),
    of(code) {
      const kind = byCode.get(code);
      if (!kind) throw new AppError('INTERNAL', { book: name, code });
      return kind;
    },
  };
}

function readKinds<Schema extends z.ZodType<Kind>>(file: string, schema: Schema): z.infer<Schema>[] {
  const place = basename(file);
  const content: unknown = parse(readFileSync(file, 'utf8'));
  const rows = z.object({ kinds: z.array(z.unknown()).min(1) }).strict().safeParse(content);
  if (!rows.success) throw new Error(`${place}: "kinds" with a list was expected`);
  return rows.data.kinds.map((row, i) => {
    const read = schema.safeParse(row);
    if (!read.success) throw new Error(`${place}, row ${i + 1}: ${read.error.issues.map(({ path, message }) => `${path.join('.') || 'row'}: ${message}`).join('; ')}`);
    const word = neverKept(JSON.stringify(row));
    if (word) throw new Error(`${place}, row ${i + 1}: "${word}" — duties of units and officials are tracked, people who petition are not`);
    return read.data;
  });
}

/** Name of a kind in the viewer's language: what every `…Kind` type of a graph resolves alike. */
export const kindResolvers = {
  name: (kind: Kind, _args: unknown, { viewer }: { readonly viewer: { readonly locale: string } }): string => (viewer.locale === 'en' ? kind.en : kind.zh),
  basis: (kind: Kind): string | null => kind.basis ?? null,
  catalogueRows: (kind: Kind): number[] => [...kind.rows],
  isRetired: (kind: Kind): boolean => kind.retired,
};
