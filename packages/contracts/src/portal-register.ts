import { z } from 'zod';

/** What officials and gateways tell each other of portal clients, over the signed internal API. */
export const PORTAL_REGISTER_PATH = '/internal/portal-register';
export const PORTAL_DOCUMENTS_PATH = '/internal/portal-documents';
export const PORTAL_USES_PATH = '/internal/portal-uses';
export const FREE_DOCUMENT_PATH = '/internal/free-document';

/** MEASURE counts what is not registered; ENFORCE refuses it. */
export const DOCUMENTS_MODES = ['MEASURE', 'ENFORCE'] as const;
export type DocumentsMode = (typeof DOCUMENTS_MODES)[number];

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const portalClient = z.object({
  id: z.uuid(),
  scopes: z.array(z.string()),
  mode: z.enum(DOCUMENTS_MODES),
  /** Of keys that were not revoked; when one ends, the reader's own clock decides. */
  keys: z.array(z.object({ id: z.uuid(), sha256, expiresAt: z.iso.datetime() })),
  documents: z.array(z.object({ sha256, fault: z.string().nullable() })),
});
export type PortalClient = z.infer<typeof portalClient>;

/** The reader's `stamp` is that of the register it has; `clients` is null when nothing has changed since. */
export const registerQuestion = z.strictObject({ stamp: z.uuid().nullable() });
export const registerAnswer = z.object({ stamp: z.uuid().nullable(), clients: z.array(portalClient).nullable() });
export type RegisterAnswer = z.infer<typeof registerAnswer>;

/** Documents of one answer: a gateway asks until it has all texts. */
export const DOCUMENTS_PAGE = 100;
export const documentsQuestion = z.strictObject({ sha256: z.array(sha256).min(1).max(DOCUMENTS_PAGE) });
export const documentsAnswer = z.object({ documents: z.array(z.object({ sha256, text: z.string() })) });

/** Rows of one report. */
export const USES_MAX = 1_000;
export const portalUses = z.strictObject({
  /** Keys that were used since the last report. */
  keyIds: z.array(z.uuid()).max(USES_MAX),
  /** Documents that are not registered, by hash: their text may hold what a client wrote into it. */
  strays: z.array(z.strictObject({ clientId: z.uuid(), sha256, uses: z.number().int().min(1) })).max(USES_MAX),
  /** What a registered document does not fit; null when it fits (again). */
  faults: z.array(z.strictObject({ clientId: z.uuid(), sha256, fault: z.string().max(300).nullable() })).max(USES_MAX),
});
export type PortalUses = z.infer<typeof portalUses>;

/** Told before it runs; the viewer of the token is who sent it. */
export const freeDocument = z.strictObject({ clientId: z.uuid(), sha256, operationName: z.string().max(100).nullable() });
export type FreeDocument = z.infer<typeof freeDocument>;
