import { z } from 'zod';
import type { Standing } from '@anjie/access';
import { AppError } from '@anjie/contracts';
import { newId } from '../database';
import { askService, type Asker } from '../messaging';

/** Where a service that keeps no copy of the directory asks officials for somebody's standing. */
export const STANDING_PATH = '/internal/standings';

export const standingQuestion = z.strictObject({ officialId: z.string().max(64) });

const standingAnswer = z.object({
  isInOffice: z.boolean(),
  sessionsValidAfter: z.iso.datetime().nullable(),
  posts: z.array(z.object({ unitId: z.uuid(), divisionCode: z.string() })),
});

/** @throws AppError SERVICE_UNAVAILABLE while officials cannot be asked: nobody comes in unasked */
export const askStanding = (asker: Asker) => async (officialId: string): Promise<Standing> => {
  const answer = await askService(asker, 'officials', { path: STANDING_PATH, asked: { officialId }, requestId: newId(), what: "for an official's standing", withinMs: 3_000 }).catch(() => {
    throw new AppError('SERVICE_UNAVAILABLE');
  });
  const { sessionsValidAfter, ...facts } = standingAnswer.parse(answer);
  return { ...facts, isDirectoryEmpty: false, sessionsValidAfter: sessionsValidAfter === null ? null : new Date(sessionsValidAfter) };
};
