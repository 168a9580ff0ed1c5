import { z } from 'zod';
import { DEV_ISSUER, isHttps, isLoopback, type IdentityProvider } from './identity-provider';

const url = (name: string) => z.url({ protocol: /^https?$/, error: `set ${name} to an http(s) URL` });
const claim = (name: string) => z.string().min(1, `name the claim, or leave the variable out for "${name}"`).default(name);

/** What the gateway and the operator's board read of the identity provider. */
export const providerEnv = {
  ANJIE_MODE: z.enum(['PRODUCTION', 'DEMO', 'TEST'], { error: 'use PRODUCTION, DEMO or TEST' }).default('PRODUCTION'),
  ANJIE_OIDC_ISSUER: url('ANJIE_OIDC_ISSUER').optional(),
  ANJIE_JWT_ISSUER: z.string().min(1, 'must not be empty').optional(),
  ANJIE_JWT_AUDIENCE: z.string().min(1, 'must not be empty; leave it out for "anjie"').default('anjie'),
  ANJIE_JWT_CLOCK_SKEW: z.coerce.number({ error: 'use seconds, 0 to 60' }).int('use whole seconds').min(0, 'use 0 to 60 seconds').max(60, 'use 0 to 60 seconds: more, and a token outlives the end of a session').default(5),
  ANJIE_JWKS_FILE: z.string().optional(),
  ANJIE_JWKS_URL: url('ANJIE_JWKS_URL').optional(),
  ANJIE_JWT_CLAIM_SUBJECT: claim('sub'),
  ANJIE_JWT_CLAIM_UNIT: claim('unit'),
  ANJIE_JWT_CLAIM_DIVISION: claim('division'),
  ANJIE_JWT_CLAIM_ROLES: claim('roles'),
  ANJIE_JWT_CLAIM_LOCALE: claim('locale'),
};
export type ProviderEnv = z.infer<z.ZodObject<typeof providerEnv>>;

/** Settings that contradict each other, or that production must not have: the variable and what to do. */
export function providerFaults(env: ProviderEnv): readonly (readonly [variable: keyof ProviderEnv, message: string])[] {
  const given = [env.ANJIE_OIDC_ISSUER, env.ANJIE_JWKS_URL, env.ANJIE_JWKS_FILE].filter((one) => one !== undefined);
  const faults: (readonly [keyof ProviderEnv, string])[] = [];
  if (given.length !== 1) faults.push(['ANJIE_JWKS_FILE', 'set exactly one of ANJIE_OIDC_ISSUER (the provider tells where its keys are), ANJIE_JWKS_URL and ANJIE_JWKS_FILE: the public keys that tokens are checked with']);
  if (env.ANJIE_OIDC_ISSUER === undefined && env.ANJIE_JWT_ISSUER === undefined) faults.push(['ANJIE_JWT_ISSUER', 'set it to the `iss` that your identity provider writes into its tokens']);
  if (env.ANJIE_OIDC_ISSUER !== undefined && env.ANJIE_JWT_ISSUER !== undefined && env.ANJIE_OIDC_ISSUER !== env.ANJIE_JWT_ISSUER) faults.push(['ANJIE_JWT_ISSUER', 'leave it out beside ANJIE_OIDC_ISSUER, which is the `iss`']);
  return env.ANJIE_MODE === 'PRODUCTION' ? [...faults, ...unfitForProduction(env)] : faults;
}

function unfitForProduction(env: ProviderEnv): (readonly [keyof ProviderEnv, string])[] {
  const plain = (['ANJIE_OIDC_ISSUER', 'ANJIE_JWKS_URL'] as const).filter((name) => env[name] !== undefined && !isHttps(env[name]) && !isLoopback(env[name]));
  return [
    ...plain.map((name) => [name, 'use https: keys that come over plain http can be anybody\'s'] as const),
    ...([env.ANJIE_JWT_ISSUER, env.ANJIE_OIDC_ISSUER].includes(DEV_ISSUER) ? [['ANJIE_JWT_ISSUER', 'the development issuer is refused in production: name your own identity provider'] as const] : []),
  ];
}

/** `readFile` reads ANJIE_JWKS_FILE and says in words when it cannot. */
export const providerOf = (env: ProviderEnv, readFile: (path: string) => string): IdentityProvider => ({
  issuer: env.ANJIE_OIDC_ISSUER ?? env.ANJIE_JWT_ISSUER ?? '',
  audience: env.ANJIE_JWT_AUDIENCE,
  keys: env.ANJIE_OIDC_ISSUER !== undefined ? 'DISCOVERY' : env.ANJIE_JWKS_URL !== undefined ? { url: env.ANJIE_JWKS_URL } : { jwks: readFile(env.ANJIE_JWKS_FILE ?? '') },
  clockSkewS: env.ANJIE_JWT_CLOCK_SKEW,
  claims: {
    subject: env.ANJIE_JWT_CLAIM_SUBJECT, unit: env.ANJIE_JWT_CLAIM_UNIT, division: env.ANJIE_JWT_CLAIM_DIVISION, roles: env.ANJIE_JWT_CLAIM_ROLES, locale: env.ANJIE_JWT_CLAIM_LOCALE,
  },
});
