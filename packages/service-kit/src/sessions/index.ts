export * from './admission';
export * from './standing-repository';
