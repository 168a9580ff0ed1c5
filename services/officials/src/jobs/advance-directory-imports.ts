import { repeat, type Closable, type Logger } from '@anjie/service-kit/runtime';
import type { DirectoryImportService } from '../directory-imports/directory-import-service';

/** Begins the next sheet of a directory import once the sheet before it is in. */
export const advanceDirectoryImports = (imports: DirectoryImportService, log: Logger): Closable =>
  repeat('advance-directory-imports', 500, { log, work: () => imports.advance() });
