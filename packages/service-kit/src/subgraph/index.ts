export * from './scalars';
export * from './errors';
export * from './pagination';
export * from './loaders';
export * from './schema';
export * from './http';
export * from './server';
export * from './process';
