// One jest configuration: rules (touch nothing), service (own MariaDB schema), e2e (real processes), smoke (they are broken),
// security-fast (nobody gets in), and, only when they are asked for, storms, faults and fault-mutants (they are broken for half an hour), security (all of it).
const esmOnly = 'jose|uuid|p-limit|yocto-queue';
const FAST_SECURITY = ['<rootDir>/test/security/fast.test.ts', '<rootDir>/test/security/attacks/fast.test.ts'];
const base = {
  cacheDirectory: `${__dirname}/.anjie/cache/jest`,
  rootDir: __dirname,
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['@anjie/source', 'node', 'require', 'default'] },
  modulePathIgnorePatterns: ['<rootDir>/.anjie/', '/dist/'],
  transform: {
    '^.+\\.[cm]?[tj]sx?$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } }],
  },
  transformIgnorePatterns: [`/node_modules/(?!(\\.pnpm/(${esmOnly})@|${esmOnly}))`],
};
module.exports = {
  // a busy machine is no failure; what must be quick has a bench
  testTimeout: 60_000,
  // what many files leave behind in a worker makes each later one slower
  workerIdleMemoryLimit: '700MB',
  projects: [
    { ...base, displayName: 'rules', testMatch: ['<rootDir>/{packages,services,gateway}/**/src/**/*.test.ts'] },
    { ...base, displayName: 'service', testMatch: ['<rootDir>/{packages,services}/*/test/**/*.test.ts', '<rootDir>/gateway/test/**/*.test.ts'] },
    {
      ...base, displayName: 'e2e', testMatch: ['<rootDir>/test/e2e/**/*.test.ts'],
      globalSetup: '<rootDir>/test/e2e/setup.js', globalTeardown: '<rootDir>/test/e2e/teardown.js',
    },
    { ...base, displayName: 'smoke', testMatch: ['<rootDir>/test/faults/smoke.test.ts'] },
    { ...base, displayName: 'security-fast', testMatch: FAST_SECURITY },
    { ...base, displayName: 'security', testMatch: ['<rootDir>/test/security/**/*.test.ts', '!**/fast.test.ts'] },
    { ...base, displayName: 'storms', testMatch: ['<rootDir>/test/faults/storm/**/*.test.ts'] },
    { ...base, displayName: 'faults', testMatch: ['<rootDir>/test/faults/{promises,topologies}/**/*.test.ts'] },
    { ...base, displayName: 'fault-mutants', testMatch: ['<rootDir>/test/faults/mutants/**/*.test.ts'] },
  ],
};
