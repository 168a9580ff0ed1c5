export * from './audit-resolvers';
export * from './read-audit';
export { shownDetail } from './shown-detail';
