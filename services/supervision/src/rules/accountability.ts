/** 追责情形: the grounds of 《信访工作条例》第四十二条至第四十六条 on which a unit or an official in office can be held to account. */
export const ACCOUNTABILITY_GROUNDS = {
  POWER_EXCEEDED: ['第四十二条第一项', '超越或者滥用职权，侵害合法权益', 'power was exceeded or abused to the harm of lawful interests'],
  FAILED_TO_ACT: ['第四十二条第二项', '应当作为而不作为，侵害合法权益', 'who had to act did not, to the harm of lawful interests'],
  LAW_MISAPPLIED: ['第四十二条第三项', '适用法律、法规错误或者违反法定程序，侵害合法权益', 'law was misapplied or procedure broken, to the harm of lawful interests'],
  OPINION_NOT_EXECUTED: ['第四十二条第四项', '拒不执行支持信访请求的意见', 'an opinion that supports the request was not executed'],
  NOT_FORWARDED: ['第四十三条', '未按照规定登记、转送、交办', 'not registered, forwarded or assigned as required'],
  NOT_SUPERVISED: ['第四十三条', '应当履行督办职责而未履行', 'supervision that was due was not done'],
  NOT_REGISTERED: ['第四十四条第一项', '对收到的信访事项不按照规定登记', 'what was received was not registered as required'],
  NOT_ACCEPTED: ['第四十四条第二项', '对属于其职权范围的信访事项不予受理', 'what is within its powers was not accepted'],
  NOT_TOLD_IN_TIME: ['第四十四条第三项', '未在规定期限内书面告知是否受理', 'no written word within the limit on whether it is accepted'],
  SHIRKED_OR_LATE: ['第四十五条第一项', '推诿、敷衍、拖延办理或者未在规定期限内办结', 'handling was shirked, perfunctory or delayed, or not finished within the limit'],
  CLAIM_NOT_SUPPORTED: ['第四十五条第二项', '对事实清楚、符合规定的投诉请求未予支持', 'a claim that was clear and founded was not supported'],
  SUGGESTION_NEGLECTED: ['第四十五条第三项', '对改进工作、完善政策等建议重视不够、落实不力，问题长期得不到解决', 'suggestions were neglected, so that the problem stays unsolved'],
  DUTY_NEGLECTED: ['第四十五条第四项', '其他不履行或者不正确履行处理职责', 'another duty of handling was neglected'],
  BAD_MANNERS: ['第四十六条第一项', '对待信访人态度恶劣、作风粗暴', 'petitioners were treated rudely'],
  SELF_DEALING: ['第四十六条第二项', '吃拿卡要、谋取私利', 'advantages were taken in handling a case'],
  ESCALATION_MISHANDLED: ['第四十六条第三项', '处置不力，导致事态扩大', 'it was handled so badly that matters grew worse'],
  INFORMATION_WITHHELD: ['第四十六条第四项', '对重大、紧急信访事项和信访信息隐瞒、谎报、缓报', 'major or urgent information was hidden, falsified or told late'],
  REPORT_LEAKED: ['第四十六条第五项', '将检举、揭发材料透露、转给被检举、揭发的人员或者单位', 'an accusation reached the accused'],
  RETALIATION: ['第四十六条第六项', '打击报复信访人', 'a petitioner was retaliated against'],
  OTHER: ['第四十六条第七项', '其他违规违纪违法的情形', 'another breach of rules, discipline or law'],
} as const satisfies Readonly<Record<string, readonly [article: string, zh: string, en: string]>>;
export type AccountabilityGround = keyof typeof ACCOUNTABILITY_GROUNDS;

export const groundBasis = (ground: AccountabilityGround): string => `《信访工作条例》${ACCOUNTABILITY_GROUNDS[ground][0]}`;

/** What practice calls it (兴庆区方案: 思想不重视、组织不得力、成效不明显、推诿扯皮、敷衍塞责、弄虚作假) has its article here. */
export const groundName = (ground: AccountabilityGround, locale: 'zh-CN' | 'en'): string => ACCOUNTABILITY_GROUNDS[ground][locale === 'en' ? 2 : 1];
