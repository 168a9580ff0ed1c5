import { isRefusal } from '@anjie/contracts';
import { newId, type Actor } from '@anjie/service-kit/database';
import type { OpenService } from '@anjie/service-kit/subgraph';
import type { Services } from '../services';
import { unitsByCodes } from '../units/unit-repository';

/** What an administrator works with: the directory, portal clients, webhooks. Nothing of a case. */
const SCOPES = ['officials:read', 'officials:write', 'supervision:read', 'supervision:write', 'files'];

interface Task {
  readonly open: OpenService;
  readonly services: Services;
  readonly actor: Actor;
}

/** A portal client for the administrators: a gateway that requires clients could not be asked to register the first one. @returns an exit code */
export async function prepareClient({ open, services, actor }: Task, unitCode: string): Promise<number> {
  const [unit] = await unitsByCodes(open.db.manager, [unitCode]);
  if (!unit) {
    console.error(`No unit has the code ${unitCode}: import the directory first, or correct --client-unit.`);
    return 1;
  }
  const made = await services.portalClients.register(
    { idempotencyKey: `init-${newId()}`, name: '系统管理工具', unitId: unit.id, contactPost: '系统管理员', scopes: SCOPES, documentsMode: 'MEASURE', validDays: 365 }, actor,
  );
  if (isRefusal(made)) {
    console.error(`${made.code}: ${made.message.zh} ${made.message.en}`);
    return 1;
  }
  console.log(`Portal client of the administrators, for unit ${unitCode}. Its key is shown this once; send it as x-anjie-client-key:\n  ${made.secret ?? ''}`);
  return 0;
}
