import type { ServiceName } from './services';

/** What is done when the time of a row is over. `settled` and `since` are SQL of our own, on one table. */
export type RetentionAct =
  | { readonly kind: 'DELETE'; readonly table: string; readonly settled: string; readonly since: string }
  /** The row stays; what is sealed in it goes. */
  | { readonly kind: 'ERASE'; readonly table: string; readonly columns: readonly string[]; readonly settled: string; readonly since: string }
  /** The data keys of months that are over: whatever they sealed is gone, from backups too. */
  | { readonly kind: 'DESTROY_KEYS'; readonly keyClass: string }
  /** Never touched by Anjie: it stands here so that nobody wonders. */
  | { readonly kind: 'KEEP' };

export interface RetentionRow {
  readonly name: string;
  readonly service: ServiceName;
  readonly act: RetentionAct;
  /** `since` is a time of the business clock, not of the machine. */
  readonly isBusinessTime?: true;
  /** Days after which; null: off, until ANJIE_RETENTION_DAYS names a number. */
  readonly days: number | null;
  /** Article or instrument; null: no law sets or asks for a period, so it is off by default. */
  readonly basis: string | null;
  readonly why: string;
}

const SHORTEST = '《中华人民共和国个人信息保护法》第十九条';

/**
 * 保存期限: how long what concerns people is kept. The plumbing's own rows are in service-kit/upkeep/retention.ts. A period that no text names is
 * ours: the article asks for the shortest that serves the purpose, and a site may set another (docs/operations.md).
 */
export const RETENTION_SCHEDULE: readonly RetentionRow[] = [
  {
    name: 'petition-files', service: 'cases', act: { kind: 'KEEP' }, days: null, basis: '《中华人民共和国档案法》第十三条、第十四条',
    why: 'petitions, cases, papers, evidence and their audit are archives of the state: an archive takes them over, Anjie deletes none',
  },
  {
    name: 'brief-file-keys', service: 'cases', act: { kind: 'DESTROY_KEYS', keyClass: 'BRIEF_FILE' }, days: 45, basis: SHORTEST,
    why: 'uploads, exports, error workbooks and copies are fetched within days; with the key of their month they are gone from every backup too. Longer than the backups that an import could be repeated from',
  },
  {
    name: 'data-request-words', service: 'cases', days: null, basis: null,
    act: { kind: 'ERASE', table: 'data_requests', columns: ['words_sealed', 'value_sealed', 'reasons_sealed'], settled: 'outcome IS NOT NULL', since: 'decided_on' }, isBusinessTime: true,
    why: 'what a petitioner wrote about their own data; that it was asked and answered stays',
  },
  {
    name: 'identity-before-correction', service: 'cases', days: null, basis: null,
    act: { kind: 'ERASE', table: 'identity_corrections', columns: ['before_sealed'], settled: 'TRUE', since: 'corrected_on' }, isBusinessTime: true,
    why: 'a value that was wrong proves what was mended; afterwards it serves nothing',
  },
  {
    name: 'notices', service: 'supervision', act: { kind: 'DELETE', table: 'notifications', settled: 'is_waiting = 0', since: 'created_at' }, isBusinessTime: true, days: 730, basis: SHORTEST,
    why: 'who was told what and when; the duty and the letter themselves stay. A campaign and the year after it',
  },
  {
    name: 'digests', service: 'supervision', days: 730, basis: SHORTEST, isBusinessTime: true,
    act: { kind: 'DELETE', table: 'digests', settled: 'NOT EXISTS (SELECT 1 FROM notifications n WHERE n.digest_id = digests.id)', since: 'formed_at' },
    why: 'what holds no notice any more',
  },
  {
    name: 'webhook-deliveries', service: 'supervision', act: { kind: 'DELETE', table: 'webhook_deliveries', settled: 'settled_at IS NOT NULL', since: 'settled_at' }, days: 190,
    basis: `《中华人民共和国网络安全法》第二十一条; ${SHORTEST}`, why: 'logs of the network for six months at least, and not longer than they serve',
  },
  {
    name: 'webhook-attempts', service: 'supervision', days: 190, basis: `《中华人民共和国网络安全法》第二十一条; ${SHORTEST}`,
    act: { kind: 'DELETE', table: 'webhook_attempts', settled: 'NOT EXISTS (SELECT 1 FROM webhook_deliveries d WHERE d.id = webhook_attempts.delivery_id)', since: 'started_at' },
    why: 'with their delivery',
  },
];

/** `notices=365,data-request-words=1095` → days by name. @throws Error that names the part which is not usable */
export function readRetentionDays(text: string | undefined): ReadonlyMap<string, number> {
  const days = new Map<string, number>();
  for (const part of (text ?? '').split(',').map((one) => one.trim()).filter(Boolean)) {
    const [, name = '', written = ''] = /^([a-z-]+)=(\d{1,5})$/.exec(part) ?? [];
    const row = RETENTION_SCHEDULE.find((one) => one.name === name);
    if (!row || row.act.kind === 'KEEP') throw new Error(`ANJIE_RETENTION_DAYS: "${part}" names no period that can be set; known: ${settable().join(', ')}`);
    if (Number(written) < LEAST_DAYS) throw new Error(`ANJIE_RETENTION_DAYS: "${part}" is shorter than ${LEAST_DAYS} days`);
    days.set(name, Number(written));
  }
  return days;
}

/** Shorter, a slip of the keyboard would empty a table overnight. */
const LEAST_DAYS = 30;
const settable = (): string[] => RETENTION_SCHEDULE.filter(({ act }) => act.kind !== 'KEEP').map(({ name }) => name);

/** What a service does, with the days that are in force; what is off is left out. */
export const retentionInForce = (service: ServiceName, set: ReadonlyMap<string, number>): readonly (RetentionRow & { readonly days: number })[] =>
  RETENTION_SCHEDULE.filter((row) => row.service === service && row.act.kind !== 'KEEP').flatMap((row) => {
    const days = set.get(row.name) ?? row.days;
    return days === null ? [] : [{ ...row, days }];
  });
