// Who may import whom. docs/architecture.md draws it; here it is checked. Each comment says what to do instead.
const INFRASTRUCTURE = '(^|/)node_modules/(typeorm|mysql2|bullmq|ioredis)/|^(node:)?fs(/promises)?$';
const TESTS = '\\.test\\.ts$|^(services|packages)/[^/]+/test/|^gateway/test/|^test/|^packages/testing/';
const PURE_PACKAGES = '^packages/(contracts|calendar|rulebook)/src/';

module.exports = {
  forbidden: [
    {
      name: 'services-do-not-know-each-other',
      comment: "To show the other's data, reference it by @key in schema/. To react to it, add a word in packages/contracts/src/subscriptions.ts and a file in src/jobs/.",
      severity: 'error',
      from: { path: '^services/([^/]+)/' },
      to: { path: '^(services|gateway)/', pathNot: '^services/$1/' },
    },
    {
      name: 'the-gateway-knows-only-the-supergraph',
      comment: 'The gateway reads supergraph.graphql and imports contracts, access and redis. What a service knows, its subgraph says.',
      severity: 'error',
      from: { path: '^gateway/src/' },
      to: { path: '^(services|packages)/', pathNot: '^packages/(contracts|access|redis)/' },
    },
    {
      name: 'packages-know-no-service',
      comment: 'Packages are below the services, and e2e tests speak HTTP. Take the value as an argument, or move the code into the service.',
      severity: 'error',
      from: { path: '^(packages|test)/' },
      to: { path: '^(services|gateway)/' },
    },
    {
      name: 'contracts-and-calendar-are-pure',
      comment: 'contracts, calendar and rulebook compute from their arguments: let the service read, and pass the value in.',
      severity: 'error',
      from: { path: PURE_PACKAGES, pathNot: TESTS },
      to: { pathNot: [PURE_PACKAGES, '(^|/)node_modules/(zod|chinese-days)/', '^(node:)?crypto$'] },
    },
    {
      name: 'redis-knows-nobody',
      comment: 'packages/redis says where Redis is and opens it, for gateway and services alike. Queues, keys and counters belong to those who use it.',
      severity: 'error',
      from: { path: '^packages/redis/src/', pathNot: TESTS },
      to: { path: '^(packages|services|gateway|test)/', pathNot: '^packages/redis/src/' },
    },
    {
      name: 'rules-are-pure',
      comment: 'A rule takes rows, clock and calendar as arguments. Import only rules, contracts, calendar, rulebook, and the viewer from access.',
      severity: 'error',
      from: { path: '^services/([^/]+)/src/rules/', pathNot: TESTS },
      to: { pathNot: ['^services/$1/src/rules/', PURE_PACKAGES, '^packages/access/src/'] },
    },
    {
      name: 'resolvers-only-delegate',
      comment: 'Call a loader or list of the context, or a service. SQL belongs into a repository, a queue into messaging, a file into the kit.',
      severity: 'error',
      from: { path: '-resolvers\\.ts$' },
      to: { path: INFRASTRUCTURE },
    },
    {
      name: 'only-repositories-touch-tables',
      comment: 'A .table.ts is for the drift test and is listed in database.ts; read and write with plain SQL in the repository.',
      severity: 'error',
      from: { pathNot: '(^|/)database\\.ts$|\\.table\\.ts$' },
      to: { path: '\\.table\\.ts$' },
    },
    {
      name: 'testing-stays-in-tests',
      comment: 'What production needs lives in service-kit; packages/testing and test files are imported by tests only.',
      severity: 'error',
      from: { pathNot: TESTS },
      to: { path: TESTS },
    },
    {
      name: 'no-cycles',
      comment: 'Types count too: move what both need into a file of its own that imports neither.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
  ],
  options: {
    // TypeScript 7 has no JavaScript API; without swc nothing is cruised and all looks well.
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|generated)/|^packages/devtools/template/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@anjie/source', 'import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.cjs', '.mjs', '.json', '.d.ts'],
    },
  },
};
