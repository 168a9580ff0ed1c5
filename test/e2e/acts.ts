import { eventually } from '@anjie/testing';
import { key, moveBusinessNow, settled, type Claims, type GraphClient, type Persona, type System } from './system';

export type Person = Persona | Claims;

export interface LivingCase {
  readonly id: string;
  readonly version: number;
  readonly status: string;
  readonly closedOn: string | null;
  readonly claims: { id: string }[];
  readonly executions: { id: string; state: string }[];
  readonly reviews: { id: string; outcome: string | null }[];
  readonly clocks: { code: string; dueOn: string; state: string }[];
  readonly ends: Record<'handled' | 'terminated' | 'recognised' | 'resolved', { on: string } | null>;
}
export interface Stepped {
  readonly case: LivingCase;
  readonly document: { id: string; kind: string; number: string; deliveries: { id: string; outcome: string | null }[] } | null;
}
interface Refused {
  readonly code?: string;
  readonly message?: string;
}
/** An office of the demo, and people who act for it. */
export interface Office {
  readonly unitId: string;
  readonly head: Claims;
  /** The second person of the unit, where it has one. */
  readonly clerk: Claims;
}
/** What a mutation answers: the payload's type with what is asked of it, and the refusal's type. */
export interface Form {
  readonly payload: string;
  readonly refusal: string;
  readonly fields: string;
}

const CASE = `id version status closedOn claims { id } executions { id state } reviews { id outcome } clocks { code dueOn state extensionDays }
  ends { handled { on isInTime } terminated { on ground } recognised { on } resolved { on } }`;
const STEP: Form = { payload: 'StepPayload', refusal: 'StepRefusal', fields: `case { ${CASE} } document { id kind number deliveries { id outcome } }` };
const REVIEW: Form = { payload: 'CloseReviewPayload', refusal: 'CloseReviewRefusal', fields: 'closeReview { id version state }' };
const PETITION: Form = { payload: 'RegisterPetitionPayload', refusal: 'PetitionRefusal', fields: 'petition { number } case { id number version status }' };

export const opinion = (claims: readonly { id: string }[], part: object) => ({
  facts: '经调查核实，该小区2015年交付使用，开发企业欠缴税费，至今未办理首次登记。',
  answers: claims.map(({ id }) => ({ claimId: id, basisDocument: '《不动产登记暂行条例》', basisArticle: '第十四条', ...part })),
});

/** Mutations of one form: what came back, refusal or not, and those that must succeed. */
export function actingIn<Payload>(graph: GraphClient, { payload, refusal, fields }: Form) {
  const attempt = async (who: Person, name: string, input: object): Promise<Payload & Refused> => {
    const document = `mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { answer: ${name}(input: $input) { ... on ${payload} { ${fields} } ... on ${refusal} { code message } } }`;
    return (await graph.query<{ answer: Payload & Refused }>(who, document, { input: { idempotencyKey: key(), ...input } })).answer;
  };
  return {
    attempt,
    async done(who: Person, name: string, input: object): Promise<Payload> {
      const answer = await attempt(who, name, input);
      if (answer.code) throw new Error(`${name}: ${answer.code} ${answer.message} to ${JSON.stringify(input)}`);
      return answer;
    },
  };
}

/** How a case of the tests' own is registered, assigned, lived and closed by the people of the demo. */
export function createActs(system: System, graph: GraphClient) {
  const steps = actingIn<Stepped>(graph, STEP);
  const petitions = actingIn<{ case: { id: string; version: number; status: string } }>(graph, PETITION);

  const caseNow = async (id: string): Promise<LivingCase> =>
    (await graph.query<{ case: LivingCase }>('district-office', `query ($id: ID!) { case(id: $id) { ${CASE} } }`, { id })).case;

  /** With the version that the case has now. */
  const step = async (who: Person, name: string, { caseId, ...part }: { readonly caseId: string; readonly [field: string]: unknown }): Promise<Stepped> =>
    steps.done(who, name, { caseId, expectedVersion: (await caseNow(caseId)).version, ...part });

  async function deliver(who: Person, caseId: string, { documentId, days: [sentOn, receivedOn] }: { documentId: string | undefined; days: readonly [string, string] }): Promise<LivingCase> {
    await moveBusinessNow(system, `${receivedOn}T09:00:00+08:00`);
    const sent = await step(who, 'sendDocument', { caseId, documentId, method: 'POST', sentOn });
    return (await step(who, 'proveDelivery', { caseId, deliveryId: sent.document?.deliveries.find((one) => one.outcome === null)?.id, outcome: 'SIGNED', receivedOn })).case;
  }

  /** Answers when all services know the case, or the new one that leads it: what people do next is seconds later, and not in the same breath. */
  const known = async <Done>(done: Promise<Done>): Promise<Done> => {
    const answer = await done;
    await settled(system);
    return answer;
  };
  const register = async (part: object = {}): Promise<{ id: string; version: number; status: string }> =>
    (await known(petitions.done('window-clerk', 'registerPetition', {
      channel: 'VISIT', purpose: 'CLAIM', petitionedOn: '2022-09-26', divisionCode: '640104', title: '安置小区首次登记问题', summary: '反映小区交付多年未办首次登记。',
      petitioners: [{ name: '田某某', phone: '13800000066' }], claims: ['办理首次登记'], ...part,
    }))).case;

  const assign = async (caseId: string, part: object): Promise<{ case: { version: number } }> => {
    const { version } = await caseNow(caseId);
    return known(actingIn<{ case: { version: number } }>(graph, { payload: 'AssignCasePayload', refusal: 'ResponsibilityRefusal', fields: 'case { version }' })
      .done('district-office', 'assignCase', { caseId, expectedVersion: version, kind: 'ASSIGN', ...part }));
  };

  /** A unit of the demo by its code, and who acts for it with these roles. */
  async function officeOf(code: string, roles: readonly string[]): Promise<Office> {
    const { units } = await graph.query<{ units: { nodes: { id: string; division: { code: string }; head: { id: string }; officials: { nodes: { id: string }[] } }[] } }>(
      'district-office', 'query ($search: String!) { units(filter: { search: $search }) { nodes { id division { code } head { id } officials { nodes { id } } } } }', { search: code },
    );
    const [unit] = units.nodes;
    if (!unit) throw new Error(`no unit ${code}`);
    const claims = (sub: string | undefined): Claims => ({ sub, unit: unit.id, division: unit.division.code, roles, locale: 'zh-CN' });
    return { unitId: unit.id, head: claims(unit.head.id), clerk: claims(unit.officials.nodes.find(({ id }) => id !== unit.head.id)?.id) };
  }

  async function reviewWithFourEyes(caseId: string): Promise<void> {
    const reviews = actingIn<{ closeReview: { version: number; state: string } }>(graph, REVIEW);
    const asked = 'query ($id: ID!) { case(id: $id) { closeReviews(first: 1) { nodes { id version state } } } closeReviewChecklist { code } }';
    const { review, items } = await eventually('supervision has the file', async () => {
      const { case: found, closeReviewChecklist } = await graph.query<{ case: { closeReviews: { nodes: { id: string; version: number }[] } }; closeReviewChecklist: { code: string }[] }>('district-office', asked, { id: caseId });
      const [first] = found.closeReviews.nodes;
      return first && { review: first, items: closeReviewChecklist };
    });
    const { closeReview } = await reviews.done('district-office', 'examineCloseReview', {
      reviewId: review.id, expectedVersion: review.version, proposal: 'PASS', findings: items.map(({ code }) => ({ item: code, finding: 'MET', note: '已核对案卷材料' })),
    });
    const decision = { reviewId: review.id, expectedVersion: closeReview.version, verdict: 'CONFIRM' };
    // the first pair of eyes is not the second
    expect((await reviews.attempt('district-office', 'decideCloseReview', decision)).code).toBeTruthy();
    await reviews.done('province-office', 'decideCloseReview', decision);
  }

  /** The sponsor, or where there is none the head of the lead unit, agrees; the unit hands the file in; two reviewers pass it. */
  async function close(caseId: string, { head, who, ...part }: { readonly head: Person; readonly who: Person; readonly [field: string]: unknown }): Promise<void> {
    await settled(system);
    await actingIn(graph, { payload: 'ClosingOpinionPayload', refusal: 'ClosingOpinionRefusal', fields: '__typename' })
      .done(head, 'signClosingOpinion', { caseId, isAgreed: true, opinion: '同意报结，产权证已全部发放。', onReport: '办结报告' });
    await settled(system);
    await step(who, 'submitClosing', { caseId, track: 'SUBSTANTIVE', proposedEnd: 'RESOLVED', evidence: '首次登记已办结，产权证全部发放到户。', ...part });
    await settled(system);
    await reviewWithFourEyes(caseId);
    await eventually('cases knows the decision', async () => (await caseNow(caseId)).status === 'RESOLVED');
  }

  return { caseNow, step, deliver, register, assign, officeOf, close };
}
export type Acts = ReturnType<typeof createActs>;
