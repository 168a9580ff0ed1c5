import { refuse, SCOPES, type Refusal } from '@anjie/contracts';

export type PortalClientRefusalCode =
  | 'NOT_FOUND' | 'NOT_PERMITTED' | 'UNIT_UNKNOWN' | 'INPUT_NOT_FIT' | 'SCOPE_UNKNOWN' | 'TOO_MANY_KEYS' | 'ALREADY_REVOKED' | 'DOCUMENT_NOT_FIT' | 'TOO_MANY_DOCUMENTS';
export type PortalClientRefusal = Refusal<PortalClientRefusalCode>;

/** One in use and one to change over to. */
export const MAX_KEYS = 2;
const MAX_DAYS = 400;
const MAX_TEXT = 100;
export const MAX_DOCUMENTS_AT_ONCE = 100;
const MAX_DOCUMENTS = 500;
const MAX_BYTES = 1_000_000;
/** A document that no gateway would take, whatever its limits are. */
const MAX_DOCUMENT_BYTES = 100_000;

export const portalClientRefusals = {
  notFound: (): PortalClientRefusal => refuse('NOT_FOUND', '不存在，或对您不可见。', 'It does not exist, or is not visible to you.'),
  notPermitted: (): PortalClientRefusal => refuse('NOT_PERMITTED', '只有系统管理员可以管理门户接入方。', 'Only an administrator manages portal clients.'),
  unitUnknown: (): PortalClientRefusal => refuse('UNIT_UNKNOWN', '没有这个在用单位。', 'There is no open unit of this id.'),
  tooManyKeys: (): PortalClientRefusal => refuse('TOO_MANY_KEYS', `一个接入方最多有${MAX_KEYS}个有效密钥。`, `A client has at most ${MAX_KEYS} valid keys.`),
  alreadyRevoked: (): PortalClientRefusal => refuse('ALREADY_REVOKED', '该密钥此前已吊销。', 'The key was revoked before.'),
};

export interface ClientFacts {
  readonly name?: string | null | undefined;
  readonly contactPost?: string | null | undefined;
  readonly scopes?: readonly string[] | null | undefined;
  readonly validDays?: number | null | undefined;
}

const isText = (text: string): boolean => text.trim() !== '' && [...text].length <= MAX_TEXT && !/\p{Cc}/u.test(text);

/** What is given must fit; what is left out is not looked at. */
export function clientObjection({ name, contactPost, scopes, validDays }: ClientFacts): PortalClientRefusal | undefined {
  if (name != null && !isText(name)) return refuse('INPUT_NOT_FIT', `名称应为1至${MAX_TEXT}个字。`, `The name has 1 to ${MAX_TEXT} characters.`);
  if (contactPost != null && !isText(contactPost)) return refuse('INPUT_NOT_FIT', `联系岗位应为1至${MAX_TEXT}个字。`, `The post has 1 to ${MAX_TEXT} characters.`);
  if (validDays != null && (validDays < 1 || validDays > MAX_DAYS)) return refuse('INPUT_NOT_FIT', `有效天数应为1至${MAX_DAYS}天。`, `A key is valid for 1 to ${MAX_DAYS} days.`);
  if (scopes != null && (scopes.length === 0 || !scopes.every((scope) => SCOPES.includes(scope)))) {
    return refuse('SCOPE_UNKNOWN', `权限范围须在其中选择：${SCOPES.join('、')}。`, `Choose scopes out of: ${SCOPES.join(', ')}.`);
  }
  return undefined;
}

export interface DocumentFacts {
  readonly bytes: number;
  /** Undefined when it is GraphQL with an operation. */
  readonly problem: string | undefined;
}

/** Documents of one request, in its order. */
export function documentsObjection(documents: readonly DocumentFacts[]): PortalClientRefusal | undefined {
  if (documents.length === 0 || documents.length > MAX_DOCUMENTS_AT_ONCE) return tooManyDocuments();
  const place = documents.findIndex(({ bytes, problem }) => bytes > MAX_DOCUMENT_BYTES || problem !== undefined);
  const found = documents[place];
  if (!found) return undefined;
  const why = found.problem ?? `more than ${MAX_DOCUMENT_BYTES} bytes`;
  return refuse('DOCUMENT_NOT_FIT', `第 ${place + 1} 个文档不可用：${why}。`, `Document ${place + 1} cannot be used: ${why}.`);
}

export interface Holdings {
  readonly count: number;
  readonly bytes: number;
}

export const holdingsObjection = ({ count, bytes }: Holdings): PortalClientRefusal | undefined => (count > MAX_DOCUMENTS || bytes > MAX_BYTES ? tooManyDocuments() : undefined);

const tooManyDocuments = (): PortalClientRefusal =>
  refuse('TOO_MANY_DOCUMENTS', `一个接入方最多${MAX_DOCUMENTS}个文档、共1 MB，每次1至${MAX_DOCUMENTS_AT_ONCE}个。`, `A client has at most ${MAX_DOCUMENTS} documents, 1 MB together, 1 to ${MAX_DOCUMENTS_AT_ONCE} at a time.`);

/** `sha256:<hex>` → hex; undefined for everything else. */
export const hashOfId = (documentId: string): string | undefined => /^sha256:([0-9a-f]{64})$/.exec(documentId)?.[1];
