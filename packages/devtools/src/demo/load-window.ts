import type { GraphClient } from './graph-client';
import type { Tell } from './tell';

/** Petitions at the window this week: registered, not yet assigned, so that a person can take charge of one. */
const petitions = [
  {
    channel: 'VISIT', petitionedOn: '2022-09-26', divisionCode: '640104', title: '反映小区加装电梯后底层采光受影响',
    summary: '某小区三号楼加装电梯，一层两户反映施工方案未征求意见，要求复核并给予合理补偿。',
    petitioners: [{ name: '示例甲', phone: '15400001001' }, { name: '示例乙' }], claims: ['复核加装方案', '给予合理补偿'],
  },
  {
    channel: 'LETTER', petitionedOn: '2022-09-22', divisionCode: '640104', title: '反映灵活就业人员社保补贴未到账',
    summary: '来信反映今年上半年灵活就业社会保险补贴至今未发放，请求核实并说明原因。',
    petitioners: [{ name: '示例丙', phone: '15400001002' }], claims: ['核实并发放补贴'],
  },
  {
    channel: 'PHONE', petitionedOn: '2022-09-27', divisionCode: '640104', title: '反映路口信号灯长期故障',
    summary: '来电反映学校门前路口信号灯故障两周，存在安全隐患，请求尽快修复。', petitioners: [], claims: ['修复信号灯'],
  },
] as const;

export const WINDOW_STEPS = petitions.length;

export async function loadWindow(client: GraphClient, tell: Tell): Promise<void> {
  for (const petition of petitions) {
    await client.change('window-clerk', {
      field: 'registerPetition', inputType: 'RegisterPetitionInput', refusalType: 'PetitionRefusal', payload: 'RegisterPetitionPayload { case { id } }',
      about: `registering "${petition.title}"`, input: { purpose: 'CLAIM', ...petition },
    });
    tell(`at the window: ${petition.title}`);
  }
}
