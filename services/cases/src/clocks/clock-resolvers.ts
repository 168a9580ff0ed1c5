import { explain } from '@anjie/rulebook';
import type { CaseClockResolvers, CaseResolvers } from '../generated/graphql';

const Case: Pick<CaseResolvers, 'clocks'> = {
  clocks: ({ id }, _args, { loaders }) => loaders.clocksOfCase.load(id),
};

const CaseClock: CaseClockResolvers = {
  obligorUnit: ({ obligorUnitId }) => (obligorUnitId ? { id: obligorUnitId } : null),
  isProvisional: ({ isProvisional }) => Boolean(isProvisional),
  explanation: (clock, _args, { services, viewer }) => {
    const due = services.clocks.dueOf(clock);
    return due?.kind === 'DUE' ? [...explain(due, viewer.locale).summary] : [];
  },
};

export const clockResolvers = { Case, CaseClock };
