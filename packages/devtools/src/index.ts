export * from './local/index';
export * from './stack/index';
export { loadDemo, personas } from './demo/index';
