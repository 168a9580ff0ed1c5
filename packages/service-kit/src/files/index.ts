export * from './migrations';
export * from './tables';
export * from './storage';
export * from './sealed-storage';
export * from './file-repository';
export * from './download-links';
export * from './expire-files';
export * from './routes';
