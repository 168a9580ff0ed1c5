import { readFileSync } from 'node:fs';
import { isCommand, portOf, readArguments, runCommand, USAGE, UsageError } from './cli';
import { runBoard } from './board/run-board';
import { readBoardEnv, readOpsEnv } from './env';
import { openSystem } from './system';

async function main(args: readonly string[]): Promise<number> {
  const asked = readArguments(args);
  if (asked.command === 'board') return runBoard(readBoardEnv(), portOf(asked.port));
  if (!isCommand(asked.command)) throw new UsageError(asked.command === '' ? 'name a command' : `there is no command "${asked.command}"`);
  const env = readOpsEnv();
  const system = await openSystem({
    databaseUrlOf: env.databaseUrlOf, redisUrl: env.ANJIE_REDIS_URL,
    auditKey: env.ANJIE_AUDIT_KEY_FILE === undefined ? undefined : readFileSync(env.ANJIE_AUDIT_KEY_FILE, 'utf8').trim(),
  });
  try {
    const { text, code } = await runCommand(system, asked);
    console.log(text);
    return code;
  } finally {
    await system.close();
  }
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof UsageError ? `${error.message}\n\n${USAGE}` : error instanceof Error ? error.message : error);
    process.exit(2);
  },
);
