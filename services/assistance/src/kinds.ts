import { openReferralKinds } from './referral-kinds';
import { openServiceKinds } from './service-kinds';

/** Every book of kinds of this service; `folder` holds a locality's own. */
export const openKinds = (folder?: string) => ({
  ...openServiceKinds(folder),
  ...openReferralKinds(folder),
});
export type Kinds = ReturnType<typeof openKinds>;
