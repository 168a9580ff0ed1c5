import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { newId, select, selectIn, type Sql } from '@anjie/service-kit/database';
import type { FileStorage, NewFile } from '@anjie/service-kit/files';
import { writeWorkbook, type CellInput } from '@anjie/workbook';
import { claimsOf } from '../claims/claim-repository';
import type { IdentityVault } from '../petitioners/identity-vault';
import { openPetitioner, petitionersOf } from '../petitioners/petitioner-repository';
import { paperRows, stepRows } from '../petitioner-access/matter-repository';
import { DOCUMENT_RULES, type DocumentKind } from '../rules/documents';
import { idKindName } from '../rules/exchange-values';
import { STEP_WORDS } from '../rules/matter-words';

const MEDIA_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
export const COPY_PURPOSE = 'DATA_COPY';
/** Hours in which it is to be fetched. */
const KEPT_HOURS = 7 * 24;

export interface CopyOf {
  readonly petitionId: string;
  readonly caseId: string;
}

interface PetitionFacts {
  readonly number: string;
  readonly channel: string;
  readonly petitionedOn: string;
  readonly registeredOn: string;
  readonly title: string;
  readonly contentSealed: Buffer | null;
}

/**
 * 个人信息副本 (第四十五条): everything that is held about the petitioner of one petition. Others on the petition stay out of it, and so do a complaint of
 * retaliation and who handled it. Lies in the storage when this returns; the caller inserts the row.
 */
export async function writeDataCopy(sql: Sql, { vault, storage }: { vault: IdentityVault; storage: FileStorage }, of: CopyOf): Promise<Omit<NewFile, 'owner'>> {
  const sheets = [
    { name: '身份信息', rows: await identityRows(sql, vault, of) }, { name: '信访件', rows: await petitionRows(sql, vault, of) },
    { name: '办理过程与文书', rows: await processRows(sql, of) }, { name: '身份信息查看记录', rows: await readingRows(sql, of) },
  ];
  const content = await writeWorkbook({ buffer: true }, {
    sheets: sheets.map(({ name, rows }) => ({ name, columns: [{ header: '项目', type: 'text' as const, width: 24 }, { header: '内容', type: 'text' as const, width: 80 }], rows })),
  });
  const id = newId();
  await storage.put(id, Readable.from([content]));
  return {
    id, purpose: COPY_PURPOSE, name: `个人信息副本-${id.slice(0, 8)}.xlsx`, mediaType: MEDIA_TYPE, size: content.length, sha256: createHash('sha256').update(content).digest(), storageKey: id,
    expireAfterHours: KEPT_HOURS,
  };
}

async function identityRows(sql: Sql, vault: IdentityVault, { petitionId }: CopyOf): Promise<CellInput[][]> {
  const [principal] = (await petitionersOf(sql, [petitionId])).filter((row) => row.isPrincipal);
  if (!principal) return [['说明', '本信访件未登记身份信息']];
  const { name, idNumber, phone, address } = openPetitioner(vault, principal);
  return [['姓名', name], ['证件类型', idKindName(principal.idKind ?? 'RESIDENT_ID')], ['证件号码', idNumber], ['联系电话', phone], ['住址', address]];
}

async function petitionRows(sql: Sql, vault: IdentityVault, { petitionId, caseId }: CopyOf): Promise<CellInput[][]> {
  const [row] = await select<PetitionFacts>(
    sql, 'SELECT number, channel, petitioned_on AS petitionedOn, registered_on AS registeredOn, title, content_sealed AS contentSealed FROM petitions WHERE id = ?', [petitionId],
  );
  const claims = await claimsOf(sql, [caseId]);
  return [
    ['信访件编号', row?.number ?? ''], ['信访形式', row?.channel ?? ''], ['信访日期', row?.petitionedOn ?? ''], ['登记日期', row?.registeredOn ?? ''], ['标题', row?.title ?? ''],
    ['投诉内容', vault.open(row?.contentSealed ?? null, { column: 'petitions.content_sealed', rowId: petitionId })], ...claims.map((claim): CellInput[] => ['诉求', claim.stated]),
  ];
}

async function processRows(sql: Sql, of: CopyOf): Promise<CellInput[][]> {
  const steps = (await stepRows(sql, of)).map(({ on, action, unit }): CellInput[] => [on, `${STEP_WORDS[action]?.zh ?? ''}${unit ? `（${unit}）` : ''}`]);
  const papers = (await paperRows(sql, of)).map(({ kind, number, issuer, issuedOn, deliveredOn }): CellInput[] =>
    [issuedOn, `${DOCUMENT_RULES[kind as DocumentKind].title} ${number}${issuer ? `（${issuer}）` : ''}${deliveredOn ? `，${deliveredOn}送达` : ''}`]);
  return [...steps, ...papers];
}

/** Who looked, by unit and day: the right to know (第四十四条), without naming officials. */
async function readingRows(sql: Sql, { petitionId }: CopyOf): Promise<CellInput[][]> {
  const ids = (await petitionersOf(sql, [petitionId])).filter((row) => row.isPrincipal).map((row) => row.id);
  const rows = await selectIn<{ on: string; unit: string | null }>(
    sql,
    `SELECT DATE_FORMAT(a.business_at + INTERVAL 8 HOUR, '%Y-%m-%d') AS \`on\`, u.name AS unit FROM audit_entries a LEFT JOIN known_units u ON u.id = a.actor_unit_id
      WHERE a.subject_id IN (?) AND a.subject_type = 'Petitioner' AND a.action = 'IDENTITY_READ' ORDER BY a.id`,
    ids,
  );
  return rows.length === 0 ? [['说明', '未有查看']] : rows.map(({ on, unit }) => [on, unit ?? '']);
}
