export { basisOf, ruleEvidence, ruleForces, ruleKinds, type TimeLimitRule, type TimeLimitRuleRow } from './rule';
export { findMisfits, parseRules, readRules, type ReadRules, type RuleProblem } from './read-rules';
export { findLengthening, rulesInPlace, selectExtension, selectRule, type RuleQuery, type RuleStanding, type StandingRule } from './select-rule';
export { describeChange, type RuleChangeQuestion } from './rule-change';
export {
  type DayReason, type Due, type DueDay, type DueInput, type DueRefusal, type DueRefusalCode, type DueResult,
  type ExplanationStep, type HearingSpan,
} from './due';
export { dueFor } from './due-for';
export { explain, type ExplainedDay, type Explanation, type ExplanationLocale } from './explain';
export { defaultReminderPlan, reminderSteps, type ReminderPlan, type ReminderStep } from './reminders';
export { defaultEscalationPlan, escalationSteps, type EscalationAudience, type EscalationRung, type EscalationStep } from './escalation';
