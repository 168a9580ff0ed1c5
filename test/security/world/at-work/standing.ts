import type { PersonaName } from '../personas';
import type { Payload, SecuritySystem } from '../security-system';

/** A row as a mutation left it. */
export interface Standing {
  readonly id: string;
  readonly version: number;
}

/** Mutations of one noun: `key` names the row in their input, `shows` in their payload. */
export function stepsOf(system: SecuritySystem, { key, shows }: { readonly key: string; readonly shows: string }) {
  const shown = (payload: Payload): Standing => {
    const row = payload[shows];
    if (!row) throw new RangeError(`the answer shows no ${shows}`);
    return { id: row.id, version: row.version };
  };
  return {
    begin: async (who: PersonaName, mutation: string, input: object): Promise<Standing> => shown(await system.act(who, mutation, input)),
    go: async <Given extends Standing>(who: PersonaName, mutation: string, { id, version, ...part }: Given): Promise<Standing> =>
      shown(await system.act(who, mutation, { [key]: id, expectedVersion: version, ...part })),
  };
}
