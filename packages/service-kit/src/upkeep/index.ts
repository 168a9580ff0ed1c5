export * from './schedule';
export * from './periodic';
export * from './retention';
export * from './apply-retention';
export * from './tasks';
export * from './facts';
export * from './metric-names';
export * from './metrics';
