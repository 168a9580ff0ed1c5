import { prepareDirectory } from './directory-imports/prepare-directory';
import { env } from './env';

/** Run once by `npm run init`: the first administrator and, when there is a workbook, the directory. */
void prepareDirectory(env, JSON.parse(process.argv[2] ?? '{}') as Parameters<typeof prepareDirectory>[1]).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
