export * from './migrations';
export * from './tables';
export * from './case-scopes';
export * from './directory';
export * from './reactions';
export * from './visible-cases';
