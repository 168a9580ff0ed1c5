export * from './local/index';
export * from './stack/index';
export { createRandom, loadDemo, personas, type Random } from './demo/index';
