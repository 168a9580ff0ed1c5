import { AUDIT_ATTACKS } from './audit-and-operations';
import { CONCURRENCY_ATTACKS } from './concurrency';
import { DOCUMENT_ATTACKS } from './documents';
import { FEDERATION_ATTACKS } from './federation';
import { HTTP_ATTACKS } from './http';
import { INJECTION_ATTACKS } from './injection';
import { JURISDICTION_ATTACKS } from './jurisdiction';
import { QUEUE_ATTACKS } from './queue-poison';
import { TOKEN_ATTACKS } from './tokens';
import { VALUE_ATTACKS } from './values';

/** The list of the design of security, A to J, 1 to 158. */
export const GROUPS = [DOCUMENT_ATTACKS, HTTP_ATTACKS, FEDERATION_ATTACKS, JURISDICTION_ATTACKS, TOKEN_ATTACKS, INJECTION_ATTACKS, VALUE_ATTACKS, CONCURRENCY_ATTACKS, QUEUE_ATTACKS, AUDIT_ATTACKS];
/** Those that cost little and that every change may break. */
export const FAST_GROUPS = [DOCUMENT_ATTACKS, HTTP_ATTACKS, JURISDICTION_ATTACKS];
