import { getIntrospectionQuery } from 'graphql';
import { readGatewayEnv } from '../src/env';
import { openHouse } from './support';

const usable = {
  ANJIE_MODE: 'PRODUCTION', NODE_ENV: 'production', APOLLO_TELEMETRY_DISABLED: '1', ANJIE_JWT_ISSUER: 'https://id.example', ANJIE_JWKS_FILE: '/etc/anjie/jwks.json', ANJIE_INTERNAL_PRIVATE_KEY_FILE: '/etc/anjie/key',
  ANJIE_REDIS_URL: 'redis://127.0.0.1:6379',
};

describe('the environment', () => {
  test('a production environment is read', () => {
    expect(readGatewayEnv({ ...usable, ANJIE_SUBGRAPH_URLS: 'cases=http://a:1, officials=http://b:2', ANJIE_CORS_ORIGINS: 'https://x.example' })).toMatchObject({
      ANJIE_PORT: 4000, ANJIE_HOST: '127.0.0.1', ANJIE_JWT_AUDIENCE: 'anjie', ANJIE_DEV_ISSUER: false, ANJIE_SUBGRAPH_URLS: { cases: 'http://a:1', officials: 'http://b:2' },
      ANJIE_PORTAL_CLIENTS: 'REQUIRED', ANJIE_GATEWAYS: 1, budgets: { viewer: { points: 500_000, seconds: 60 } },
    });
    expect(readGatewayEnv({ ...usable, ANJIE_MODE: 'TEST', ANJIE_REDIS_URL: undefined, ANJIE_BUDGET_VIEWER: '9/3' })).toMatchObject({ ANJIE_PORTAL_CLIENTS: 'OPTIONAL', budgets: { viewer: { points: 9, seconds: 3 } } });
  });

  test.each([
    ['the development issuer in production', { ANJIE_DEV_ISSUER: '1' }, /ANJIE_DEV_ISSUER: the development issuer is refused in production: remove/],
    ['telemetry', { APOLLO_TELEMETRY_DISABLED: undefined }, /set APOLLO_TELEMETRY_DISABLED=1/],
    ['no keys', { ANJIE_JWKS_FILE: undefined }, /exactly one of ANJIE_OIDC_ISSUER .* ANJIE_JWKS_URL and ANJIE_JWKS_FILE/],
    ['two sets of keys', { ANJIE_JWKS_URL: 'https://id.example/jwks' }, /exactly one of/],
    ['no Redis in production', { ANJIE_REDIS_URL: undefined }, /ANJIE_REDIS_URL: set it to the Redis/],
    ['a Redis that is none', { ANJIE_REDIS_URL: 'http://x' }, /ANJIE_REDIS_URL: "http:\/\/" is not known/],
    ['a budget that is none', { ANJIE_BUDGET_VIEWER: 'much' }, /ANJIE_BUDGET_VIEWER: write points and seconds/],
    ['a proxy that is no address', { ANJIE_TRUSTED_PROXIES: 'proxy' }, /ANJIE_TRUSTED_PROXIES: "proxy" is no address/],
    ['no gateway', { ANJIE_GATEWAYS: '0' }, /ANJIE_GATEWAYS: how many/],
    ['a word for the clients that is none', { ANJIE_PORTAL_CLIENTS: 'YES' }, /ANJIE_PORTAL_CLIENTS: use REQUIRED or OPTIONAL/],
    ['discovery and keys', { ANJIE_OIDC_ISSUER: 'https://id.example' }, /exactly one of/],
    ['discovery of another issuer', { ANJIE_JWKS_FILE: undefined, ANJIE_OIDC_ISSUER: 'https://other.example' }, /ANJIE_JWT_ISSUER: leave it out beside ANJIE_OIDC_ISSUER/],
    ['keys over plain http', { ANJIE_JWKS_FILE: undefined, ANJIE_JWKS_URL: 'http://id.example/jwks' }, /ANJIE_JWKS_URL: use https/],
    ['an issuer over plain http', { ANJIE_JWKS_FILE: undefined, ANJIE_JWT_ISSUER: undefined, ANJIE_OIDC_ISSUER: 'http://id.example' }, /ANJIE_OIDC_ISSUER: use https/],
    ['the issuer of the demo in production', { ANJIE_JWT_ISSUER: 'https://dev-issuer.anjie.invalid' }, /ANJIE_JWT_ISSUER: the development issuer is refused in production/],
    ['a skew of two minutes', { ANJIE_JWT_CLOCK_SKEW: '120' }, /ANJIE_JWT_CLOCK_SKEW: use 0 to 60 seconds/],
    ['the development issuer beside a real one', { ANJIE_MODE: 'DEMO', ANJIE_DEV_ISSUER: '1', ANJIE_JWKS_FILE: undefined, ANJIE_JWKS_URL: 'https://id.example/jwks' }, /ANJIE_JWKS_URL: a real identity provider and ANJIE_DEV_ISSUER=1 exclude each other/],
    ['the development issuer on all addresses', { ANJIE_MODE: 'DEMO', ANJIE_DEV_ISSUER: '1', ANJIE_HOST: '0.0.0.0' }, /ANJIE_HOST: with ANJIE_DEV_ISSUER=1 the gateway listens on this machine only/],
    ['no issuer', { ANJIE_JWT_ISSUER: undefined }, /ANJIE_JWT_ISSUER: set it to/],
    ['a wildcard origin', { ANJIE_CORS_ORIGINS: '*' }, /ANJIE_CORS_ORIGINS: "\*" is no origin/],
    ['an origin with a path', { ANJIE_CORS_ORIGINS: 'https://x.example/' }, /is no origin/],
    ['a subgraph without URL', { ANJIE_SUBGRAPH_URLS: 'cases' }, /ANJIE_SUBGRAPH_URLS: "cases" has no valid URL/],
    ['a development build', { NODE_ENV: 'development' }, /set NODE_ENV=production/],
    ['no such port', { ANJIE_PORT: '70000' }, /ANJIE_PORT: use a port/],
  ])('%s is refused in words', (_what, change, message) => {
    expect(() => readGatewayEnv({ ...usable, ...change })).toThrow(message);
  });

  test('with the development issuer there is a page that works offline, and anyone with a token may introspect', async () => {
    const house = await openHouse({ ANJIE_MODE: 'DEMO', ANJIE_DEV_ISSUER: '1' });
    const page = await fetch(`${house.base}/graphql`);
    const html = await page.text();
    const { status } = await house.ask(getIntrospectionQuery());
    await house.stop();
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(html.slice(0, 400).toLowerCase()).toContain('<!doctype html>');
    // booleans: a failure must not print nine megabytes
    expect(/<(script|link|img)[^>]{0,200}(src|href)="(https?:)?\/\//.test(html)).toBe(false);
    expect(html.includes('npm run -s token')).toBe(true);
    expect(status).toBe(200);
  });
});
