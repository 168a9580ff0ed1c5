import type { OpenService } from '@anjie/service-kit/subgraph';
import type { Closable } from '@anjie/service-kit/runtime';
import { runPeriodically } from '@anjie/service-kit/upkeep';
import { checkFormalism } from '../formalism/check-formalism';
import type { Kinds } from '../kinds';
import { watchLadders } from '../ladders/watch-ladders';
import { expireUrgentReports } from '../urgent-reports/urgent-report-service';

/** 日常跟踪督办, each morning (Asia/Shanghai) before office hours; what expires goes each hour. */
export const startDailyWatch = ({ db, log }: Pick<OpenService, 'db' | 'log'>, kinds: Kinds): Closable =>
  runPeriodically({
    db,
    log,
    tasks: [
      { name: 'watch-ladders', when: { dailyAt: '06:30' }, work: async () => void (await watchLadders({ db, kinds, log })) },
      { name: 'check-formalism', when: { dailyAt: '05:30' }, work: async () => void (await checkFormalism({ db, kinds, log })) },
      { name: 'expire-urgent-reports', when: { everyS: 3_600 }, work: async () => void (await expireUrgentReports(db, log)) },
    ],
  });
