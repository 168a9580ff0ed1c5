type Command = (args: string[]) => Promise<number | void>;

/** Loaded when asked for, so that a short command does not pay for the others' dependencies. */
const commands: Record<string, () => Promise<Command>> = {
  start: async () => (await import('./commands/start.js')).start,
  init: async () => (await import('./commands/init.js')).init,
  migrate: async () => (await import('./commands/migrate.js')).migrate,
  token: async () => (await import('./commands/token.js')).token,
  reset: async () => (await import('./commands/reset.js')).reset,
  'demo:clock': async () => (await import('./commands/demo-clock.js')).demoClock,
  check: async () => (await import('./commands/check.js')).check,
  'api:changes': async () => (await import('./commands/api-changes.js')).apiChanges,
  limits: async () => (await import('./commands/limits.js')).limits,
  coverage: async () => (await import('./commands/coverage.js')).coverage,
  docs: async () => (await import('./commands/docs.js')).docs,
  codegen: async () => (await import('./commands/codegen.js')).codegen,
  'new:subgraph': async () => (await import('./commands/new-subgraph.js')).newSubgraph,
  'new:migration': async () => (await import('./commands/new-migration.js')).newMigration,
  compose: async () => (await import('./commands/compose.js')).compose,
  ops: async () => (await import('./commands/ops.js')).ops,
  rulebook: async () => (await import('./commands/rulebook.js')).rulebook,
  bench: async () => (await import('./commands/bench.js')).bench,
  test: async () => (await import('./commands/test.js')).runTests,
  engines: async () => (await import('./commands/engines.js')).showEngines,
};

async function main([name = '', ...args]: string[]): Promise<number> {
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!load) {
    console.error(`Unknown command "${name}". Known: ${Object.keys(commands).sort().join(', ')}.`);
    return 2;
  }
  const command = await load();
  return (await command(args)) ?? 0;
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const text = error instanceof Error ? (process.env['ANJIE_DEBUG'] ? error.stack : error.message) : String(error);
    console.error(text);
    process.exitCode = 1;
  },
);
