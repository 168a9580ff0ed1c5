export * from './database';
export * from './client';
export * from './viewers';
export * from './eventually';
export * from './scope';
export * from './two-services';
export * from './department-portal';
