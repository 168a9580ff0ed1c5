import { BUSINESS_NOW } from '@anjie/service-kit/database';

/** SQL for the legal day in Asia/Shanghai (UTC+8 without summer time since 1991), where a statement needs it in its midst. */
export const TODAY = `DATE(${BUSINESS_NOW} + INTERVAL 8 HOUR)`;
