import { AppError, DIVISION_CODE } from '@anjie/contracts';
import { rulesInPlace, type StandingRule } from '@anjie/rulebook';
import { businessTime, type Sql } from '@anjie/service-kit/database';
import { officeRules } from '@anjie/service-kit/runtime';
import { connectionOf, type Connection, type PageArgs } from '@anjie/service-kit/subgraph';

export interface TimeLimitQuestion extends PageArgs {
  readonly code?: string | null | undefined;
  readonly jurisdictionCode?: string | null | undefined;
  readonly on?: string | null | undefined;
}

const NATIONAL = '000000';

/** The rules are public law: whoever may ask the service may read them. @throws AppError BAD_USER_INPUT */
export async function listTimeLimits(sql: Sql, { code, jurisdictionCode, on, ...page }: TimeLimitQuestion): Promise<Connection<StandingRule>> {
  if (jurisdictionCode && !DIVISION_CODE.test(jurisdictionCode)) throw new AppError('BAD_USER_INPUT', { field: 'jurisdictionCode' });
  const day = on ?? (await businessTime(sql)).today;
  const rules = rulesInPlace(officeRules(), { code: code ?? null, jurisdictionCode: jurisdictionCode ?? NATIONAL, on: day });
  return connectionOf(rules, page, ({ rule }) => [rule.code, rule.jurisdictionCode, rule.version]);
}
