export * from './kind-book';
