import { CloseReviewDecided } from '@anjie/contracts';
import { on, type Reaction } from '@anjie/service-kit/messaging';
import { putCloseReviewResult } from '../closing/closing-fact-repository';

export const onCloseReviewDecided: Reaction = on(CloseReviewDecided, async (tx, told) => void (await putCloseReviewResult(tx, told)));
