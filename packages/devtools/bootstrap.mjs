// Runs before anything is installed: only Node itself may be imported here and in bootstrap/.
import { prepareBuild, prepareInstall } from './bootstrap/prepare.mjs';
import { complaintAboutThisSystem } from './bootstrap/prerequisites.mjs';
import { runCommand } from './bootstrap/run-command.mjs';
import { Failure } from './bootstrap/steps.mjs';

async function main([command = '', ...args]) {
  const complaint = complaintAboutThisSystem(command, args);
  if (complaint) throw new Failure(complaint);
  await prepareInstall();
  if (command === 'install') return 0;
  await prepareBuild();
  if (command === 'build') return 0;
  return runCommand([command, ...args]);
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error) => {
    console.error(error instanceof Failure ? error.message : error);
    process.exitCode = 1;
  },
);
