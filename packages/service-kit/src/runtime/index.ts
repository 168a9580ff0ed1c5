export * from './env';
export * from './log';
export * from './lifecycle';
export * from './collections';
export * from './batch';
export * from './calendar';
export * from './rulebooks';
