export * from './viewer';
export * from './internal-token';
export * from './visibility';
export * from './client-key';
export * from './standing';
export * from './revocation-budget';
