import { ObligationDeclared } from '@anjie/contracts';
import { on, serviceViewer, type Reaction } from '@anjie/service-kit/messaging';
import { applyDeclaration } from '../obligations/obligation-service';

export const onObligationDeclared: Reaction = on(ObligationDeclared, (tx, declared, message) =>
  applyDeclaration(tx, declared, {
    source: message.source,
    version: message.version,
    actor: { viewer: serviceViewer(message.source), requestId: message.requestId },
  }));
