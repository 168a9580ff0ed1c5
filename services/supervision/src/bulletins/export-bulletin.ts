import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { DataSource, EntityManager } from 'typeorm';
import { isId, newId, runMutation, type Actor } from '@anjie/service-kit/database';
import { knownUnit } from '@anjie/service-kit/facts';
import { insertFile, keyedLinks, type FileStorage, type KeyedLink, type KeyedLinks } from '@anjie/service-kit/files';
import type { ExportBulletinInput } from '../generated/graphql';
import type { Kinds } from '../kinds';
import type { BulletinDocument } from '../rules/bulletin-document';
import { bulletinRefusals, type BulletinRefusal } from '../rules/bulletin-lifecycle';
import type { Language } from '../rules/bulletin-text';
import { bulletinFile } from './bulletin-files';
import { documentFrom, readBulletin } from './bulletin-reading';
import { documentsOf, visibleBulletins, type BulletinRow } from './bulletin-repository';

export interface BulletinDeps {
  readonly db: DataSource;
  readonly kinds: Kinds;
  readonly storage: FileStorage;
  /** Makes the secrets of links again; in no table. */
  readonly linkKey: Buffer;
}

type Stored = (KeyedLink & { readonly fileName: string }) | BulletinRefusal;
export type ExportAnswer = { readonly path: string; readonly fileName: string } | BulletinRefusal;

const LINK_MINUTES = 15;
const KEPT_HOURS = 24;

/** Makes the file and a link that gives it out once. Of what was published the file is the text that was hashed. */
export async function exportBulletin(deps: BulletinDeps, input: ExportBulletinInput, actor: Actor): Promise<ExportAnswer> {
  const stored: string[] = [];
  const links = keyedLinks(deps.linkKey, { service: 'supervision', use: 'bulletin-link' });
  const clear = (keys: readonly string[]): Promise<unknown> => Promise.all(keys.map((key) => deps.storage.remove(key)));
  try {
    const answer = await runMutation<Stored>(deps.db, {
      actor, operation: 'exportBulletin', key: input.idempotencyKey, input, work: (tx) => makeFile(tx, { deps, links, input, actor, stored }),
    });
    // a transaction that was repeated left the content of its first try behind
    await clear('refused' in answer ? stored : stored.slice(0, -1));
    return 'refused' in answer ? answer : { path: links.pathOf(answer), fileName: answer.fileName };
  } catch (error) {
    await clear(stored);
    throw error;
  }
}

interface Making {
  readonly deps: BulletinDeps;
  readonly links: KeyedLinks;
  readonly input: ExportBulletinInput;
  readonly actor: Actor;
  /** Keys of contents that were put. */
  readonly stored: string[];
}

async function makeFile(tx: EntityManager, { deps, links, input, actor, stored }: Making): Promise<Stored> {
  const row = isId(input.bulletinId) ? (await visibleBulletins(tx, actor.viewer, [input.bulletinId]))[0] : undefined;
  if (!row) return bulletinRefusals.notFound();
  if (row.state === 'WITHDRAWN') return bulletinRefusals.wrongState();
  const document = await documentOf(tx, row, { deps, language: input.language === 'EN' ? 'en' : 'zh' });
  const { content, mediaType, extension } = await bulletinFile(document, input.format);
  const fileName = `${document.title}-${row.from}.${extension}`.replaceAll(/[/\\:]/g, ' ');
  const fileId = await keep(tx, { storage: deps.storage, content, stored, file: { name: fileName, mediaType, owner: actor.viewer } });
  return { ...(await links.make(tx, { fileId, actor, minutes: LINK_MINUTES, through: { subjectType: 'Bulletin', subjectId: row.id } })), fileName };
}

async function documentOf(tx: EntityManager, row: BulletinRow, { deps, language }: { deps: BulletinDeps; language: Language }): Promise<BulletinDocument> {
  const published = await documentsOf(tx, row.id);
  if (published !== null) return (JSON.parse(published) as Readonly<Record<Language, BulletinDocument>>)[language];
  const reading = await readBulletin(tx, row, { kinds: deps.kinds, isPublic: false });
  return documentFrom(reading, { issuer: (await knownUnit(tx, row.issuerUnitId))?.name ?? '', number: null, on: row.draftedOn }, language);
}

interface Keeping {
  readonly storage: FileStorage;
  readonly content: Buffer;
  readonly stored: string[];
  readonly file: { readonly name: string; readonly mediaType: string; readonly owner: Actor['viewer'] };
}

async function keep(tx: EntityManager, { storage, content, stored, file }: Keeping): Promise<string> {
  const [id, storageKey] = [newId(), newId()];
  stored.push(storageKey);
  await storage.put(storageKey, Readable.from([content]));
  await insertFile(tx, { id, purpose: 'BULLETIN', ...file, size: content.length, sha256: createHash('sha256').update(content).digest(), storageKey, expireAfterHours: KEPT_HOURS });
  return id;
}
