import { refuse, type PartyRole, type Refusal } from '@anjie/contracts';
import { isEnded, RETURN_BASIS, type ReferralState } from './referral-lifecycle';

export interface ReceivingUnit {
  readonly id: string;
  readonly name: string;
  readonly isOpen: boolean;
  readonly successorName: string | null;
}

/** Another referral of the same case for the same purpose. */
export interface EarlierReferral {
  readonly fromUnitId: string;
  readonly toUnitId: string;
  readonly state: ReferralState;
}

export interface SendingFacts {
  readonly fromUnitId: string;
  readonly receiver: ReceivingUnit | undefined;
  readonly rolesOfSender: readonly PartyRole[];
  readonly isReceiverExcluded: boolean;
  readonly earlier: readonly EarlierReferral[];
}

export type SendingRefusalCode = 'NOT_A_PARTY' | 'UNIT_NOT_FOUND' | 'UNIT_CLOSED' | 'OWN_UNIT' | 'UNIT_EXCLUDED' | 'LOOP' | 'ALREADY_OPEN';

const SENDING_ROLES: readonly PartyRole[] = ['LEAD', 'SUPPORT', 'REFERRED', 'REGISTRAR'];

/** May this unit refer the case to that one? */
export function refusesSending(facts: SendingFacts): Refusal<SendingRefusalCode> | null {
  if (!facts.rolesOfSender.some((role) => SENDING_ROLES.includes(role))) {
    return refuse('NOT_A_PARTY', '转出单位不是该事项的承办、配合、受转或登记单位。', 'The sending unit has no part in the case.', '《信访工作条例》第二十二条');
  }
  return refusesReceiver(facts) ?? refusesRepeat(facts);
}

function refusesReceiver({ receiver, fromUnitId, isReceiverExcluded }: SendingFacts): Refusal<SendingRefusalCode> | null {
  if (receiver && !receiver.isOpen && receiver.successorName) {
    return refuse(
      'UNIT_CLOSED', `${receiver.name}已撤并，由${receiver.successorName}继续行使其职权。`,
      `${receiver.name} is closed; ${receiver.successorName} continues its function.`, '《信访工作条例》第二十四条第二款',
    );
  }
  if (!receiver?.isOpen) return refuse('UNIT_NOT_FOUND', '转入单位不存在或已撤销。', 'The receiving unit is unknown or closed.');
  if (receiver.id === fromUnitId) return refuse('OWN_UNIT', '不能转办给本单位。', 'A unit refers nothing to itself.');
  if (!isReceiverExcluded) return null;
  return refuse(
    'UNIT_EXCLUDED', '检举控告材料不得转给被检举控告的人员或者单位。', 'Material never goes to the unit that is complained of.', '《信访工作条例》第三十条第三款',
  );
}

function refusesRepeat({ receiver, fromUnitId, earlier }: SendingFacts): Refusal<SendingRefusalCode> | null {
  const open = earlier.filter((one) => !isEnded(one.state));
  const toUnitId = receiver?.id ?? '';
  if (open.some((one) => one.fromUnitId === fromUnitId && one.toUnitId === toUnitId)) {
    return refuse('ALREADY_OPEN', '同一目的的转办正在办理中。', 'The same referral to this unit is under way.');
  }
  if (!isUpstream(open, { of: fromUnitId, unit: toUnitId })) return null;
  return refuse(
    'LOOP', '转入单位已将该事项转来且尚未办结，请接办或者申请退回。', 'That unit referred this on and waits for the answer: accept it, or ask to return it.', RETURN_BASIS,
  );
}

/** True when `unit` stands somewhere up the chain of open referrals that ends at `of`. */
function isUpstream(open: readonly EarlierReferral[], { of, unit }: { of: string; unit: string }): boolean {
  const seen = new Set([of]);
  for (const reached of seen) for (const one of open) if (one.toUnitId === reached) seen.add(one.fromUnitId);
  return seen.has(unit);
}
