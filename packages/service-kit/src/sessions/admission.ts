import { hasRole, REVOCATION_BUDGET, viewerToday, type Standing, type Viewer } from '@anjie/access';

/** Officials whose standing is remembered at once; beyond that all is forgotten and asked again. */
const REMEMBERED = 10_000;

interface Remembered {
  readonly standing: Promise<Standing>;
  readonly until: number;
}

/** What the directory says today of an official. */
export type ReadStanding = (officialId: string) => Promise<Standing>;

/** The viewer of a token as today's directory bounds it; undefined when the session is over. */
export type Admit = (viewer: Viewer) => Promise<Viewer | undefined>;

/**
 * A token says who somebody is; what they may do is bounded by the directory that this service knows. Only who is in is remembered, for
 * a few seconds: whoever was refused is looked up again. Services at work and public portals are no officials; their own checks hold.
 */
export function createAdmission(read: ReadStanding, nowMs: () => number = Date.now): Admit {
  const known = new Map<string, Remembered>();
  const standingOf = (officialId: string): Promise<Standing> => {
    const entry = known.get(officialId);
    if (entry && entry.until > nowMs()) return entry.standing;
    const standing = read(officialId);
    if (known.size >= REMEMBERED) known.clear();
    known.set(officialId, { standing, until: nowMs() + REVOCATION_BUDGET.standingKeptMs });
    standing.catch(() => known.delete(officialId));
    return standing;
  };
  return async (viewer) => {
    if (viewer.kind === 'SERVICE' || hasRole(viewer, 'PUBLIC_PORTAL')) return viewer;
    const admitted = viewerToday(viewer, await standingOf(viewer.subject));
    if (!admitted) known.delete(viewer.subject);
    return admitted;
  };
}
