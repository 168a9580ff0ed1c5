import { relative } from 'node:path';
import { personas } from '../demo/index';
import { checkoutPaths } from '../local/index';
import type { DevIssuer, Stack } from '../stack/index';
import { TRY } from './try-queries';

/** What a person needs after `npm start`: where it is, who they can be, what to ask, how to stop. */
export async function welcome(stack: Stack, issuer: DevIssuer, elapsed: string): Promise<string> {
  const people = Object.entries(personas).filter(([, persona]) => persona.isShown);
  const tokens = await Promise.all(people.map(async ([name, persona]) => `  ${name} — ${persona.titleZh} (${persona.titleEn})\n  ${await issuer.tokenFor(persona.claims)}`));
  const queries = TRY.map(({ as, what, query }) => `  # as ${as}: ${what}\n  ${query}`);
  return `
Anjie is ready (${elapsed}).

Graph     ${stack.url}/graphql   (open it in a browser for an offline GraphiQL; paste a token under Headers as
          { "authorization": "Bearer …" })

Tokens (good for 8 hours; a new one: npm run -s token -- <name>)
${tokens.join('\n')}

Try
${queries.join('\n')}

Logs      ${relative(checkoutPaths().root, stack.logsDir)}/
Clock     business now starts at 2022-09-27; npm run demo:clock -- +3d moves it and fires what falls due
Stop      Ctrl-C (keeps the data; npm run reset forgets it)
`;
}
