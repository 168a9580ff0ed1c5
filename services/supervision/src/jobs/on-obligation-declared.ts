import { ObligationDeclared } from '@anjie/contracts';
import { onMany, serviceViewer, type Reaction } from '@anjie/service-kit/messaging';
import { applyDeclarations } from '../obligations/obligation-service';

export const onObligationDeclared: Reaction = onMany(ObligationDeclared, (tx, incoming) =>
  applyDeclarations(tx, incoming.map(({ payload, message }) => ({
    declared: payload,
    source: message.source,
    version: message.version,
    actor: { viewer: serviceViewer(message.source), requestId: message.requestId },
  }))));
