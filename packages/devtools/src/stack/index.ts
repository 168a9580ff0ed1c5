export * from './topology';
export * from './secrets';
export * from './schemas';
export * from './dev-issuer';
export * from './ports';
export * from './options';
export * from './environment';
export * from './stack';
