import { setTimeout as pause } from 'node:timers/promises';
import type { EntityManager } from 'typeorm';
import { isRefusal, refuse, type Refusal } from '@anjie/contracts';
import { audit, businessTime, isId, runMutation, type Actor } from '@anjie/service-kit/database';
import type { AskBlindMatchInput, RepeatRefusalCode } from '../generated/graphql';
import type { IdentityVault } from '../petitioners/identity-vault';
import { petitionsByIds, type PetitionRow } from '../petitions/petition-repository';
import { BLIND_ASKS_PER_DAY, isSameMatter, nameableDivisions, namedOffices, type NamedOffice } from '../rules/blind-match';
import { refusesReason } from '../rules/merging';
import { isPermitted } from '../rules/permissions';
import { comparedPetition } from './backfill-repository';
import { countAsk, divisionOf, officesOf, unseenPetitions } from './blind-match-repository';
import type { CandidateDeps } from './candidate-service';
import type { SignedPetition } from './signature-writer';

type No = Refusal<RepeatRefusalCode>;
type Done = { offices: readonly NamedOffice[] };

/** Answers leave at full steps of this time, so that the time tells nothing about what was found. */
const STEP_MS = 250;
const MOST_REASON = 200;

export function createBlindMatchService({ db, vault }: CandidateDeps) {
  return {
    async ask(input: AskBlindMatchInput, actor: Actor): Promise<Done | No> {
      const begun = performance.now();
      const answer = await runMutation<Done | No>(db, { actor, operation: 'askBlindMatch', key: input.idempotencyKey, input, work: (tx) => ask(tx, vault, { input, actor }) });
      await pause(STEP_MS - ((performance.now() - begun) % STEP_MS));
      return answer;
    },
  };
}

interface Order {
  readonly input: AskBlindMatchInput;
  readonly actor: Actor;
}

async function ask(tx: EntityManager, vault: IdentityVault, { input, actor }: Order): Promise<Done | No> {
  const asked = await takeAsk(tx, vault, { input, actor });
  if (isRefusal(asked)) return asked as No;
  const { petition, compared, division } = asked;
  const text = vault.matterSigner.sign(compared.texts);
  const rows = await unseenPetitions(tx, actor.viewer, { prints: vault.matterSigner.prints(compared.people, compared.divisionCode), caseId: petition.caseId });
  const matching = new Map(rows.filter((row) => isSameMatter(text, row)).map((row) => [row.caseId, row.divisionCode]));
  const divisions = [...matching.values()];
  const known = await officesOf(tx, divisions.flatMap((code) => nameableDivisions(code, division)));
  const offices = namedOffices(divisions, division, (code) => known.find((office) => office.divisionCode === code));
  await audit(tx, actor, {
    action: 'BLIND_MATCH_ASKED', subjectType: 'Petition', subjectId: petition.id, caseId: petition.caseId,
    detail: { reason: input.reason.trim(), offices: offices.map((office) => office.unitId) },
  });
  return { offices };
}

interface Ask {
  readonly petition: PetitionRow;
  readonly compared: SignedPetition;
  readonly division: string;
}

/** Everything that is checked before anything is looked for. */
async function takeAsk(tx: EntityManager, vault: IdentityVault, { input, actor }: Order): Promise<Ask | No> {
  const noReason = refusesReason(input.reason, MOST_REASON);
  if (noReason) return noReason;
  const [petition] = isId(input.petitionId) ? await petitionsByIds(tx, actor.viewer, [input.petitionId]) : [];
  if (!petition) return refuse('NOT_FOUND', '信访件不存在，或对您不可见。', 'The petition does not exist or is not visible to you.');
  const division = await divisionOf(tx, actor.viewer);
  if (!division || !isPermitted('REGISTER', { roles: actor.viewer.roles, parts: [] })) return refuse('NOT_PERMITTED', '您的角色不能进行盲比对。', 'Your role may not ask for blind matches.');
  const compared = await comparedPetition(tx, vault, petition.id);
  if (!compared) return refuse('SEALED', '揭发控告材料不参与比对。', 'Accusations are never compared.', '《信访工作条例》第三十条');
  const asks = await countAsk(tx, actor.viewer.subject, (await businessTime(tx)).today);
  if (asks > BLIND_ASKS_PER_DAY) return refuse('QUOTA_EXCEEDED', '今日盲比对次数已达上限。', 'No more blind matches today.');
  return { petition, compared, division };
}
