import type { ServiceName } from './services';

/** What a file may be uploaded for, and the service that keeps it. The gateway refuses any other purpose. */
export const FILE_PURPOSES: Readonly<Record<string, ServiceName>> = {
  LEDGER_IMPORT: 'cases',
  PETITION_IMPORT: 'cases',
  EXCHANGE_IMPORT: 'cases',
  DIRECTORY_IMPORT: 'officials',
  CASE_ATTACHMENT: 'cases',
};

/** Workbooks to fill in, and the service that makes each. */
export const TEMPLATES: Readonly<Record<string, ServiceName>> = {
  'ledger.xlsx': 'cases',
  'petitions.xlsx': 'cases',
  'exchange.xlsx': 'cases',
  'directory.xlsx': 'officials',
};

export const purposesOf = (service: ServiceName): readonly string[] =>
  Object.entries(FILE_PURPOSES).flatMap(([purpose, owner]) => (owner === service ? [purpose] : []));

/** Services that make links to download; supervision takes no uploads and gives out bulletins. */
export const LINK_MAKERS = ['cases', 'officials', 'supervision'] as const satisfies readonly ServiceName[];

/** Path on the gateway of a single-use download. */
export const downloadPath = (service: (typeof LINK_MAKERS)[number], token: string): string => `/files/${service}/${token}`;
