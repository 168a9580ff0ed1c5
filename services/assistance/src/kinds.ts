import { openReferralKinds } from './referral-kinds';

/** Every book of kinds of this service; `folder` holds a locality's own. */
export const openKinds = (folder?: string) => ({
  ...openReferralKinds(folder),
});
export type Kinds = ReturnType<typeof openKinds>;
