import { explain } from '@anjie/rulebook';
import type { CaseClockResolvers, CaseResolvers } from '../generated/graphql';

const Case: Pick<CaseResolvers, 'clocks'> = {
  clocks: ({ id }, _args, { loaders }) => loaders.clocksOfCase.load(id),
};

const CaseClock: CaseClockResolvers = {
  obligorUnit: ({ obligorUnitId }) => (obligorUnitId ? { id: obligorUnitId } : null),
  isProvisional: ({ isProvisional }) => Boolean(isProvisional),
  explanation: async (clock, _args, { services, loaders, viewer }) => {
    const hearings = clock.hearingDays > 0 ? await loaders.hearingsOfReview.load(clock.subjectId) : undefined;
    const due = services.clocks.dueOf(clock, hearings);
    return due?.kind === 'DUE' ? [...explain(due, viewer.locale).summary] : [];
  },
};

export const clockResolvers = { Case, CaseClock };
