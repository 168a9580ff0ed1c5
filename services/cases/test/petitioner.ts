import type { Viewer } from '@anjie/access';
import { select } from '@anjie/service-kit/database';
import { viewers } from '@anjie/testing';
import type { Answer } from './asking';
import { key, people, type CasesWorld } from './world';

/** A website through which petitioners ask. */
export const portal = viewers.portal();

export interface Receipt {
  readonly queryCode: string;
  readonly secret: string;
}
export interface RatingView {
  readonly office: 'PETITION_OFFICE' | 'HANDLING_UNIT';
  readonly round: number;
  readonly state: string;
  readonly opensOn: string | null;
  readonly closesOn: string | null;
  readonly value: string | null;
}
export interface MatterView extends Answer {
  readonly number: string;
  readonly title: string;
  readonly registeredOn: string;
  readonly status: string;
  readonly responsibleUnit: string | null;
  readonly steps: { on: string; text: string; unit: string | null }[];
  readonly duties: { text: string; unit: string | null; dueRaw: string; dueOn: string; doneOn: string | null; isOverdue: boolean; basis: string }[];
  readonly rights: { text: string; lastOn: string; isOpen: boolean; basis: string }[];
  readonly papers: { title: string; number: string; issuer: string; issuedOn: string; deliveredOn: string | null }[];
  readonly ratings: RatingView[];
  readonly retaliationComplaints: { submittedOn: string; state: string; outcome: string | null; answeredOn: string | null }[];
  readonly notices: { code: string; text: string; basis: string | null }[];
}
const MATTER = `number title registeredOn status responsibleUnit steps { on text unit } duties { text unit dueRaw dueOn doneOn isOverdue basis }
  rights { text lastOn isOpen basis } papers { title number issuer issuedOn deliveredOn } ratings { office round state opensOn closesOn value }
  retaliationComplaints { submittedOn state outcome answeredOn } notices { code text basis }`;
const NO = '... on AccessRefusal { code message basis }';

export const LOOK_UP = `query ($queryCode: String!, $secret: String!) { myMatter(queryCode: $queryCode, secret: $secret) { __typename ... on MyMatter { ${MATTER} } ${NO} } }`;
export const lookUp = async (world: CasesWorld, { queryCode, secret }: Receipt, viewer: Viewer = portal): Promise<MatterView> =>
  (await world.client.query<{ myMatter: MatterView }>(viewer, LOOK_UP, { queryCode, secret })).myMatter;

export interface Renewed extends Answer {
  readonly receipt: Receipt;
}
const RENEW = `mutation ($input: RenewQuerySecretInput!) { renewQuerySecret(input: $input) { __typename ... on RenewQuerySecretPayload { receipt { queryCode secret } } ${NO} } }`;
export const renew = async (world: CasesWorld, petitionId: string, { viewer = people.clerk, ...part }: { viewer?: Viewer; reason?: string; idempotencyKey?: string } = {}): Promise<Renewed> =>
  (await world.client.query<{ renewQuerySecret: Renewed }>(viewer, RENEW, { input: { idempotencyKey: key(), petitionId, reason: '信访人遗失凭条', ...part } })).renewQuerySecret;

/** The receipt of a case's first petition, as the window hands it out anew. */
export async function receiptOf(world: CasesWorld, caseId: string): Promise<Receipt> {
  const [petition] = await select<{ id: string }>(world.db.manager, 'SELECT id FROM petitions WHERE case_id = ? ORDER BY registered_on, id LIMIT 1', [caseId]);
  return (await renew(world, petition?.id ?? '')).receipt;
}

export interface MatterAnswer extends Answer {
  readonly matter: MatterView;
}
const answered = (field: string, input: string): string => `mutation ($input: ${input}!) { ${field}(input: $input) { __typename ... on MyMatterPayload { matter { ${MATTER} } } ${NO} } }`;

export const rate = async (world: CasesWorld, receipt: Receipt, { viewer = portal, ...part }: Record<string, unknown> & { viewer?: Viewer }): Promise<MatterAnswer> =>
  (await world.client.query<{ rateMatter: MatterAnswer }>(viewer, answered('rateMatter', 'RateMatterInput'), {
    input: { idempotencyKey: key(), ...receipt, office: 'HANDLING_UNIT', value: 'SATISFIED', ...part },
  })).rateMatter;

export const complain = async (world: CasesWorld, receipt: Receipt, { viewer = portal, ...part }: Record<string, unknown> & { viewer?: Viewer } = {}): Promise<MatterAnswer> =>
  (await world.client.query<{ complainOfRetaliation: MatterAnswer }>(viewer, answered('complainOfRetaliation', 'ComplainOfRetaliationInput'), {
    input: { idempotencyKey: key(), ...receipt, text: '反映问题之后，单位停发了我的补助。', ...part },
  })).complainOfRetaliation;

/** Everything that is stored, as text: what must be nowhere can be looked for in it. */
export async function everythingStored(world: CasesWorld): Promise<string> {
  const tables = await select<{ name: string }>(world.db.manager, "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()");
  const texts: string[] = [];
  for (const { name } of tables) {
    for (const row of await select<Record<string, unknown>>(world.db.manager, `SELECT * FROM ${name}`)) {
      texts.push(...Object.values(row).map((value) => (Buffer.isBuffer(value) ? `${value.toString('utf8')} ${value.toString('hex')}` : String(value))));
    }
  }
  return texts.join('\n');
}
