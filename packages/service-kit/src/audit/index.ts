export * from './anchor';
export { CHAINS, chainOf } from './chain';
export * from './seal-entries';
export * from './verify';
