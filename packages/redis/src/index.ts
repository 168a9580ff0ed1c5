export * from './redis-url';
export * from './open-redis';
