import { personas } from '../demo/index';
import { openDevIssuer } from '../stack/index';
import { issuerKeyFile } from './demo-state';

/** `npm run -s token -- <persona>`: prints a token of the demo's dev issuer, good for 8 hours. */
export async function token([name = '']: string[]): Promise<number> {
  const persona = Object.hasOwn(personas, name) ? personas[name] : undefined;
  if (!persona) {
    console.error(`Name one of: ${Object.keys(personas).join(', ')}`);
    return 2;
  }
  console.log(await (await openDevIssuer(issuerKeyFile())).tokenFor(persona.claims));
  return 0;
}
