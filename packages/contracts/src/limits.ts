/**
 * How large a request may be: twice the largest of gateway/documents, which is named. Written by `npm run limits` from there;
 * never edited by hand. `npm run check` compares.
 */
export const LIMITS = {
  tokens: { limit: 1616, largest: 808, document: 'case-page' },
  depth: { limit: 12, largest: 6, document: 'case-page' },
  aliases: { limit: 32, largest: 16, document: 'office-dashboard' },
  directives: { limit: 12, largest: 6, document: 'office-dashboard' },
  rootFields: { limit: 12, largest: 6, document: 'office-dashboard' },
  fields: { limit: 830, largest: 415, document: 'case-page' },
  objects: { limit: 8002, largest: 4001, document: 'pull-figures' },
  breadth: { limit: 1500, largest: 750, document: 'work-list' },
  page: { limit: 100, largest: 50, document: 'case-page' },
  bytes: { limit: 222764, largest: 111382, document: 'put-directory' },
} as const;
