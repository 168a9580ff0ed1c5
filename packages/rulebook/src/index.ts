export {
  basisOf, parseRules, ruleEvidence, ruleForces, ruleKinds, rulesSchema, type TimeLimitRule, type TimeLimitRuleRow,
} from './rule';
export { nationalRules } from './national-rules';
export { zhejiangRules } from './zhejiang-rules';
export { findLengthening, selectRule, type RuleQuery } from './select-rule';
export {
  type DayReason, type Due, type DueDay, type DueInput, type DueRefusal, type DueRefusalCode, type DueResult,
  type ExplanationStep, type HearingSpan,
} from './due';
export { dueFor } from './due-for';
export { explain, type ExplainedDay, type Explanation, type ExplanationLocale } from './explain';
export { defaultReminderPlan, reminderSteps, type ReminderPlan, type ReminderStep } from './reminders';
