import type { SealedColumn } from '@anjie/service-kit/vault';

/**
 * Classes of data keys, one for each and month. ACCUSATION holds everything of the sealed lane, complaints of retaliation
 * included. BRIEF_FILE is for what is fetched within days: with its key it is gone from every backup too.
 */
export const FILE_CLASSES = ['FILE', 'BRIEF_FILE'] as const;

type Entry = Pick<SealedColumn, 'keyClass' | 'old'> & { readonly rowKey?: string };

const ENTRIES = {
  'petitioners.name_sealed': { keyClass: 'IDENTITY', old: { column: 'name' } },
  'petitioners.id_number_sealed': { keyClass: 'IDENTITY', old: { column: 'id_number' } },
  'petitioners.phone_sealed': { keyClass: 'IDENTITY', old: { column: 'phone' } },
  'petitioners.address_sealed': { keyClass: 'IDENTITY', old: { column: 'address' } },
  'petitions.content_sealed': { keyClass: 'PETITION', old: { column: 'content' } },
  'documents.body_sealed': { keyClass: 'PAPER', old: { column: 'document' } },
  'opinions.facts_sealed': { keyClass: 'PAPER', old: { column: 'facts' } },
  'claim_responses.answer_sealed': { keyClass: 'PAPER', old: { column: 'answer' } },
  'settlements.terms_sealed': { keyClass: 'PAPER', old: { column: 'terms' } },
  'attachments.file_name_sealed': { keyClass: 'PAPER', old: { column: 'file_name' } },
  'files.name_sealed': { keyClass: 'FILE' },
  'data_requests.words_sealed': { keyClass: 'PETITION' },
  'data_requests.value_sealed': { keyClass: 'IDENTITY' },
  'data_requests.reasons_sealed': { keyClass: 'PETITION' },
  'identity_corrections.before_sealed': { keyClass: 'IDENTITY' },
  'matter_ratings.comment_sealed': { keyClass: 'PETITION', old: { column: 'comment' } },
  'retaliation_complaints.text_sealed': { keyClass: 'ACCUSATION', old: { column: 'complaint' } },
  'retaliation_complaints.note_sealed': { keyClass: 'ACCUSATION', old: { column: 'finding' } },
  'accusations.note_sealed': { keyClass: 'ACCUSATION', old: { column: 'note' }, rowKey: 'case_id' },
  'accusation_texts.body_sealed': { keyClass: 'ACCUSATION', old: { column: 'accusation' }, rowKey: 'petition_id' },
  'accused_parties.description_sealed': { keyClass: 'ACCUSATION', old: { column: 'accused' } },
  'accusation_readings.reason_sealed': { keyClass: 'ACCUSATION', old: { column: 'reason' } },
  'exclusion_records.reason_sealed': { keyClass: 'ACCUSATION', old: { column: 'reason' } },
  'exclusion_records.lift_reason_sealed': { keyClass: 'ACCUSATION', old: { column: 'reason', suffix: '/lift' } },
} as const satisfies Readonly<Record<string, Entry>>;

export type SealedColumnName = keyof typeof ENTRIES;

/** Every sealed column of this service. A test compares the list with the schema; rotation and retention follow it. */
export const SEALED_COLUMNS = Object.fromEntries(
  Object.entries<Entry>(ENTRIES).map(([name, entry]) => {
    const [table = '', column = ''] = name.split('.');
    return [name, { table, column, rowKey: 'id', ...entry }];
  }),
) as Readonly<Record<SealedColumnName, SealedColumn>>;
