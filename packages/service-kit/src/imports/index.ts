export * from './migrations';
export * from './tables';
export * from './definition';
export * from './engine';
export * from './request-import';
export * from './import-run-view';
export * from './template';
export { maskCell } from './mask';
export { ImportFailure, type FailureCode } from './failure';
