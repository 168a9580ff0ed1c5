import { PARTY_ROLES, ROLES } from '@anjie/contracts';
import { mayTellProgress, progressTextNo } from './progress-notices';

test.each(ROLES.flatMap((role) => PARTY_ROLES.map((part) => [
  role, part, ['UNIT_HANDLER', 'JOINT_OFFICE', 'WINDOW_CLERK'].includes(role) && ['LEAD', 'SUPPORT', 'REGISTRAR'].includes(part)] as const)))('%s of a unit that is %s tells the petitioner how far it is: %s · row 106', (role, part, may) => {
  expect(mayTellProgress({ roles: [role], parts: [part] })).toBe(may);
});

test.each([
  ['已完成现场勘查，预计下周出具意见', undefined], ['', 'TEXT_LENGTH'], ['请联系13812341234', 'IDENTITY_IN_TEXT'], ['王先生的意见已转住建局', 'IDENTITY_IN_TEXT'], ['书面承诺不再信访后予以办理', 'WAIVER_IN_TEXT'], ['办结后请停 访', 'WAIVER_IN_TEXT'],
])('《信访工作条例》 Art. 18: “%s” is refused for %s · row 106', (text, code) => {
  expect(progressTextNo(text)?.code).toBe(code);
});
