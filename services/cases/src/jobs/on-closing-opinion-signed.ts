import { ClosingOpinionSigned } from '@anjie/contracts';
import { on, type Reaction } from '@anjie/service-kit/messaging';
import { putClosingOpinion } from '../closing/closing-fact-repository';

export const onClosingOpinionSigned: Reaction = on(ClosingOpinionSigned, async (tx, told) => void (await putClosingOpinion(tx, told)));
