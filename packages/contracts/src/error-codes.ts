/**
 * The one table of faults that cross the wire. An expected "no" is not here: it is a refusal, a member of the
 * mutation's union. docs/errors.md is generated from this table.
 */
export const ERROR_CODES = {
  UNAUTHENTICATED: { status: 401, zh: '未登录或令牌无效。', en: 'No token, or the token is not valid.' },
  FORBIDDEN: { status: 403, zh: '无权执行此操作。', en: 'This is not permitted to you.' },
  FIELD_PROTECTED: { status: 200, zh: '此字段受保护。', en: 'This field is protected.' },
  NOT_FOUND: { status: 404, zh: '不存在，或对您不可见。', en: 'It does not exist, or is not visible to you.' },
  BAD_USER_INPUT: { status: 400, zh: '输入不符合要求。', en: 'The input is not valid.' },
  CONFLICT: { status: 409, zh: '数据已被他人修改，请刷新后重试。', en: 'Somebody changed this first; reload and try again.' },
  IDEMPOTENCY_KEY_REUSED: { status: 422, zh: '幂等键已用于另一请求。', en: 'This idempotency key was used for a different request.' },
  REQUEST_IN_FLIGHT: { status: 409, zh: '相同请求正在处理，请稍后重试。', en: 'The same request is being processed; try again shortly.' },
  QUERY_TOO_LARGE: { status: 400, zh: '查询过大或过深。', en: 'The query is too large or too deep.' },
  PERSISTED_QUERY_REQUIRED: { status: 403, zh: '此接入方只能发送已登记的查询文档。', en: 'This client may send registered documents only.' },
  PAYLOAD_TOO_LARGE: { status: 413, zh: '请求体过大。', en: 'The request body is too large.' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, zh: '不支持的内容类型。', en: 'This content type is not supported.' },
  RATE_LIMITED: { status: 429, zh: '请求过于频繁。', en: 'Too many requests.' },
  FACTS_NOT_YET_HERE: { status: 503, zh: '所需资料尚未同步，请稍后重试。', en: 'The facts that this needs have not arrived yet; try again shortly.' },
  SERVICE_UNAVAILABLE: { status: 503, zh: '部分服务暂不可用，请稍后重试。', en: 'A part of the system is not available; try again shortly.' },
  TIMEOUT: { status: 504, zh: '处理超时。', en: 'It took too long.' },
  INTERNAL: { status: 500, zh: '系统内部错误，请提供请求编号。', en: 'An internal fault; please quote the request id.' },
} as const;
export type ErrorCode = keyof typeof ERROR_CODES;

/** A fault with a code from the table. `detail` is shown to the client, so it must never name SQL, hosts or services. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly detail: Readonly<Record<string, unknown>> | undefined;
  constructor(code: ErrorCode, detail?: Readonly<Record<string, unknown>>) {
    super(ERROR_CODES[code].en);
    this.name = 'AppError';
    this.code = code;
    this.detail = detail;
  }
}
