import { readFileSync } from 'node:fs';
import { UsageError } from './asked';
import { isCommand, portOf, readArguments, runCommand, USAGE } from './cli';
import { runBoard } from './board/run-board';
import { readBoardEnv, readOpsEnv, type OpsEnv } from './env';
import type { KeyFiles } from './key-files';
import { openSystem } from './system';

async function main(args: readonly string[]): Promise<number> {
  const asked = readArguments(args);
  if (asked.command === 'board') return runBoard(readBoardEnv(), portOf(asked.port));
  if (!isCommand(asked.command)) throw new UsageError(asked.command === '' ? 'name a command' : `there is no command "${asked.command}"`);
  const env = readOpsEnv();
  const system = await openSystem({
    databaseUrlOf: env.databaseUrlOf, redisUrl: env.ANJIE_REDIS_URL,
    auditKey: secretOf(env.ANJIE_AUDIT_KEY_FILE), earlierAuditKeys: secretsOf(env.ANJIE_AUDIT_EARLIER_KEY_FILES), keyFiles: keyFilesOf(env), retentionDays: env.ANJIE_RETENTION_DAYS,
  });
  try {
    const { text, code } = await runCommand(system, asked);
    console.log(text);
    return code;
  } finally {
    await system.close();
  }
}

const secretOf = (file: string | undefined): string | undefined => (file === undefined ? undefined : readFileSync(file, 'utf8').trim());
const secretsOf = (files: string | undefined): readonly string[] => (files ?? '').split(',').filter(Boolean).map((file) => readFileSync(file.trim(), 'utf8').trim());

function keyFilesOf(env: OpsEnv): (() => KeyFiles) | undefined {
  const file = env.ANJIE_IDENTITY_KEY_FILE;
  return file === undefined ? undefined : () => ({ current: secretOf(file) ?? '', previous: secretOf(env.ANJIE_IDENTITY_PREVIOUS_KEY_FILE), suite: env.ANJIE_CRYPTO_SUITE });
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof UsageError ? `${error.message}\n\n${USAGE}` : error instanceof Error ? error.message : error);
    process.exit(2);
  },
);
