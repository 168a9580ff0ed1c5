export * from './define';
export * from './directory';
export * from './case';
export * from './duty';
export * from './closing';
export * from './notice';
export * from './activity';
export * from './assistance';
