export * from './anchor';
export { CHAINS, chainOf } from './chain';
export * from './grants';
export * from './seal-entries';
export * from './take-over';
export * from './verify';
