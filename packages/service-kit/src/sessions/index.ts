export * from './admission';
export * from './ask-standing';
export * from './standing-repository';
