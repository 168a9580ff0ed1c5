import { z } from 'zod';
import { DIVISION_CODE, ROLES, rolesInForce } from '@anjie/contracts';

/**
 * Whoever asks: an official in a post, or one of our own services at work. The gateway puts it into the internal
 * token; a subgraph believes nothing else.
 */
export const viewerSchema = z.strictObject({
  kind: z.enum(['OFFICIAL', 'SERVICE']),
  /** An official's id (rows name who acted, so an identity provider must send that id), or the service's name. */
  subject: z.string().min(1).max(64),
  unitId: z.uuid().nullable(),
  /** The division whose subtree a JOINT_OFFICE viewer oversees. */
  divisionCode: z.string().regex(DIVISION_CODE).nullable(),
  roles: z.array(z.enum(ROLES)).transform(rolesInForce),
  locale: z.enum(['zh-CN', 'en']).default('zh-CN'),
  /** Seconds since 1970: the earliest moment at which the official can have signed in. Sessions that were ended later are over. */
  signedInAt: z.number().int().optional(),
});
export type Viewer = z.infer<typeof viewerSchema>;

export const hasRole = (viewer: Viewer, ...roles: Viewer['roles']): boolean => roles.some((role) => viewer.roles.includes(role));
