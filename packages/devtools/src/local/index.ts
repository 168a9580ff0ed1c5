export { findOrFetchEngines, type Engines, type EngineOptions, type EngineSource } from './engines';
export { startMariadb, type Mariadb, type MariadbOptions } from './mariadb';
export { startRedis, type Redis, type RedisOptions } from './redis';
export { createProcessGroup, startProcess, type ExitInfo, type LocalProcess, type ProcessGroup, type ProcessSpec } from './processes';
export { checkoutPaths, type CheckoutPaths, socketPathFor } from './paths';
export { findOrFetchClientTools, type ClientTools } from './client-tools';
export { createTestEngines, type TestEngines } from './test-engines';
