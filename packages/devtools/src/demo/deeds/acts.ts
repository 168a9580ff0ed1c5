import type { GraphClient } from '../graph-client';

/** How a noun is called in the graph. */
interface Noun {
  /** Its field in the payload. */
  readonly node: string;
  /** Its id in the inputs that change it; the node's name with `Id` when left out. */
  readonly id?: string;
  /** The noun whose refusal it shares; its own when left out. */
  readonly refusal?: string;
  /** Mutations that make one. */
  readonly begins: readonly string[];
  /** What is read of it beside its id: the parts that are changed one by one. */
  readonly reads?: string;
}

const NOUNS: Readonly<Record<string, Noun>> = {
  Activity: { node: 'activity', begins: ['planActivity'], reads: 'promises(first: 5) { nodes { id text } }' },
  ActivityPromise: { node: 'promise', refusal: 'Activity', begins: [] },
  Appointment: { node: 'appointment', begins: ['appoint'] },
  AgendaItem: { node: 'agendaItem', begins: ['putOnAgenda'] },
  Recusal: { node: 'recusal', begins: ['requestRecusal'] },
  ResourceAllocation: { node: 'resource', begins: ['planResource'] },
  SponsorDuties: { node: 'sponsorship', refusal: 'Sponsorship', begins: ['openSponsorDuties'], reads: 'duties(first: 10) { nodes { id kind { code } } }' },
  SponsorDuty: { node: 'duty', refusal: 'Sponsorship', begins: [] },
  Attachment: { node: 'attachment', begins: ['attachFile'] },
  SupervisionLetter: { node: 'letter', begins: ['issueSupervisionLetter'] },
  ListedSupervision: { node: 'listing', begins: ['listSupervision', 'reportListingProgress'] },
  FocusManagement: { node: 'focus', begins: ['beginFocusManagement'] },
  Meeting: { node: 'meeting', begins: ['callMeeting'], reads: 'points { id title } decisions(first: 10) { nodes { id text } }' },
  MeetingDecision: { node: 'decision', refusal: 'Meeting', begins: [] },
  InspectionTeam: { node: 'team', refusal: 'Inspection', begins: ['formInspectionTeam'] },
  Inspection: { node: 'inspection', begins: ['planInspection'], reads: 'findings(first: 10) { nodes { id text } }' },
  InspectionFinding: { node: 'finding', refusal: 'Inspection', begins: [] },
  Programme: {
    node: 'programme', begins: ['draftProgramme', 'recordProgrammeProgress', 'settleProgrammeEntry'], reads: 'targets { id title } entries(first: 20) { nodes { id title } }',
  },
  Checklist: { node: 'checklist', begins: [] },
  UrgentReport: { node: 'report', begins: ['sendUrgentReport', 'acknowledgeUrgentReport'] },
  Assessment: { node: 'assessment', begins: ['computeAssessment', 'commentOnAssessment'], reads: 'results(first: 100) { nodes { id unit { id } } }' },
  Commendation: { node: 'commendation', refusal: 'Assessment', begins: ['recordCommendation'] },
  Bulletin: { node: 'bulletin', begins: ['draftBulletin'] },
  Expert: { node: 'expert', refusal: 'Serving', begins: ['appointExpert'] },
  Participant: { node: 'participant', refusal: 'Serving', begins: ['listParticipant'] },
  ServiceContract: { node: 'contract', begins: ['signServiceContract'] },
  Mediation: { node: 'mediation', begins: ['proposeMediation'], reads: 'items { id seq }' },
  AgreementItem: { node: 'item', refusal: 'Mediation', begins: [] },
  Hearing: { node: 'hearing', begins: ['openHearing'] },
  LegalConsultation: { node: 'consultation', begins: ['requestLegalOpinion'] },
  ServiceEngagement: { node: 'engagement', begins: ['offerService'] },
  Explanation: { node: 'explanation', begins: ['offerExplanation'] },
  AgencyTask: { node: 'agencyTask', begins: ['offerAgencyTask'] },
  AssistanceApplication: { node: 'application', begins: ['submitAssistanceApplication', 'offerRelief'] },
  FollowUpVisit: { node: 'followUpVisit', begins: ['planFollowUpVisit'] },
  MediationCentre: { node: 'mediationCentre', id: 'centreId', begins: ['openMediationCentre'] },
  StationChecklist: { node: 'checklist', begins: ['startStationChecklist'] },
  PublicityActivity: { node: 'activity', begins: ['recordPublicityActivity'] },
  EarlyDispute: { node: 'earlyDispute', begins: ['reportEarlyDispute'] },
};
const BEGINS = new Map(Object.entries(NOUNS).flatMap(([noun, { begins }]) => begins.map((field) => [field, noun] as const)));
const INPUTS: Readonly<Record<string, string>> = { startInspection: 'MoveInspectionInput' };
const capital = (name: string): string => `${name.charAt(0).toUpperCase()}${name.slice(1)}`;

export type Part = Readonly<Record<string, unknown>>;
export interface Node {
  readonly id: string;
}

/** Something that changes step by step. */
export interface Thread {
  readonly id: string;
  /** Its next change, by a persona. The versions are counted here and not asked for, so that a second load sends the same again. */
  next<Told extends Node = Node>(who: string, field: string, part?: Part): Promise<Told>;
}

/** The breadth of the graph as a person uses it: one act after the other, each answered or thrown. */
export function createActs(client: GraphClient) {
  const act = async <Told extends Node>(who: string, field: string, { noun, input }: { noun: string; input: Part }): Promise<Told> => {
    const found = NOUNS[noun];
    if (!found) throw new RangeError(`the demo knows no ${noun}`);
    const { node, refusal, reads } = found;
    const answer = await client.change<Record<string, Told | undefined>>(who, {
      field, inputType: INPUTS[field] ?? `${capital(field)}Input`, refusalType: `${refusal ?? noun}Refusal`, payload: `${noun}Payload { ${node} { id${reads ? ` ${reads}` : ''} } }`,
      about: `a ${noun} of the demo`, input,
    });
    const told = answer[node];
    if (!told) throw new Error(`${field} as ${who} answered without its ${node}`);
    return told;
  };

  /** A part of something else, from its first version on where none is given. */
  const resume = (noun: string, { id, version: seen = 1 }: Node & { readonly version?: number }): Thread => {
    const idName = NOUNS[noun]?.id ?? `${NOUNS[noun]?.node ?? ''}Id`;
    let version = seen - 1;
    return {
      id,
      next(who, field, part = {}) {
        version += 1;
        return act(who, field, { noun, input: { [idName]: id, expectedVersion: version, ...part } });
      },
    };
  };

  return {
    resume,
    async begin<Told extends Node = Node>(who: string, field: string, input: Part): Promise<Thread & { readonly node: Told }> {
      const noun = BEGINS.get(field);
      if (noun === undefined) throw new RangeError(`the demo begins nothing with ${field}`);
      const node = await act<Told>(who, field, { noun, input });
      return { node, ...resume(noun, node) };
    },
  };
}
export type Acts = ReturnType<typeof createActs>;

/** The one of these with that word in it. @throws RangeError when there is none */
export function withWord<Field extends string, One extends Node & Readonly<Record<Field, string>>>(ones: readonly One[], field: Field, word: string): One {
  const found = ones.find((one) => one[field].includes(word));
  if (!found) throw new RangeError(`nothing with "${word}" among ${ones.length}`);
  return found;
}
