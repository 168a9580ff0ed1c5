export * from './services';
export * from './roles';
export * from './divisions';
export * from './error-codes';
export * from './refusals';
export * from './events';
export * from './subscriptions';
export * from './files';
