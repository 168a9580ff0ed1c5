import { createSteps } from './steps';

/** `npm run ops -- rehearse restore | disk-full`: breaks and mends a throw-away system, and says how long it took. */
export async function rehearse([what = '']: string[]): Promise<number> {
  const steps = createSteps();
  if (what === 'disk-full') return diskFull((name, work) => steps.run(name, work));
  if (what === 'restore') return restore((name, work) => steps.run(name, work));
  console.error('npm run ops -- rehearse restore | disk-full');
  return 2;
}

type Step = <Result>(name: string, work: () => Promise<Result>) => Promise<Result>;

async function diskFull(step: Step): Promise<number> {
  const { canMount, fullDisk, limitedTablespace } = await import('../rehearse/full-storage.js');
  const { rehearseDiskFull } = await import('../rehearse/disk-full.js');
  let isWell = true;
  for (const storage of [limitedTablespace, ...(canMount() ? [fullDisk] : [])]) {
    const report = await rehearseDiskFull(storage, step);
    console.log(`${storage.name}: ${JSON.stringify(report, null, 2)}`);
    const refused = Object.keys(report.answers).filter((code) => code !== 'OK');
    isWell &&= refused.length > 0 && refused.every((code) => storage.expected.includes(code)) && Object.keys(report.repeated).join() === 'OK'
      && report.leftBehind + report.duplicates + report.deadLetters + report.endedProcesses.length === 0 && report.isReadable;
  }
  console.log(isWell ? 'Disk full: well.' : 'Disk full: NOT well.');
  return isWell ? 0 : 1;
}

async function restore(step: Step): Promise<number> {
  const { rehearseRestore } = await import('../rehearse/restore.js');
  const report = await rehearseRestore(step);
  console.log(JSON.stringify(report, null, 2));
  const drills = [report.senderToPoint, report.senderToEnd, report.receiverToPoint];
  const isWell = drills.every((one) => one.missing + one.mismatched + one.lostEffects + one.doubledEffects === 0)
    && report.senderToPoint.phantom > 0 && report.senderToEnd.phantom === 0 && report.receiverToPoint.phantom === 0 && report.receiverToPoint.resent > 0 && report.receiverToPoint.effectsLostAtFirst > 0;
  console.log(isWell ? 'Restore: well.' : 'Restore: NOT well.');
  return isWell ? 0 : 1;
}
