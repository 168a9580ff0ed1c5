import { CaseScopeChanged } from '@anjie/contracts';
import { putCaseScopes } from '@anjie/service-kit/facts';
import { onMany, serviceViewer, type Reaction } from '@anjie/service-kit/messaging';
import { casesThatCount } from '../figures/figure-repository';
import { recountCase } from '../figures/figure-service';
import { knownScopes, type CaseChangeService } from '../tasks/case-change-service';

/** Keeps the copies of who may see cases; open tasks follow the case to another lead, a closing asks for a visit; where a case's ledgers changed, what it counts for changes with them. */
export const onCaseScopeChanged = ({ caseChanges }: { caseChanges: CaseChangeService }): Reaction =>
  onMany(CaseScopeChanged, async (tx, incoming) => {
    const before = await knownScopes(tx, incoming.map(({ payload }) => payload.caseId));
    // holds the scope rows, which is what whoever adds a referral or a visit waits for
    const moved = await putCaseScopes(tx, incoming.map(({ payload, message }) => ({ scope: payload, version: message.version })));
    for (const { payload: scope, message } of incoming) {
      const known = before.get(scope.caseId) ?? { caseId: scope.caseId, leadUnitId: null, closedOn: null };
      await caseChanges.follow(tx, { before: known, scope, version: message.version, actor: { viewer: serviceViewer(message.source), requestId: message.requestId } });
    }
    for (const caseId of await casesThatCount(tx, moved)) await recountCase(tx, caseId);
  });
