import { USES_MAX, type PortalUses } from '@anjie/contracts';

/** What clients did since the last report, for an administrator to look at; bounded, because a client may send a new text each time. */
export function createUseTally(dayOf: () => string = () => new Date().toISOString().slice(0, 10)) {
  const told = new Map<string, string>();
  const keys = new Set<string>();
  const strays = new Map<string, { clientId: string; sha256: string; uses: number }>();
  let faults: PortalUses['faults'] = [];
  const count = (clientId: string, sha256: string, uses: number): void => {
    const name = `${clientId} ${sha256}`;
    const known = strays.get(name);
    if (known) known.uses += uses;
    else if (strays.size < USES_MAX) strays.set(name, { clientId, sha256, uses });
  };
  return {
    /** A key's day of use is told once a day. */
    keyUsed(id: string): void {
      if (told.get(id) !== dayOf() && keys.size < USES_MAX) keys.add(id);
    },
    strayUsed: (clientId: string, sha256: string): void => count(clientId, sha256, 1),
    faultsAre: (found: PortalUses['faults']): void => void (faults = found.slice(0, USES_MAX)),
    /** Hands over everything to `send`; what could not be sent is kept. */
    async report(send: (uses: PortalUses) => Promise<void>): Promise<void> {
      const uses: PortalUses = { keyIds: [...keys], strays: [...strays.values()], faults };
      if (uses.keyIds.length + uses.strays.length + uses.faults.length === 0) return;
      keys.clear();
      strays.clear();
      faults = [];
      try {
        await send(uses);
        for (const id of uses.keyIds) told.set(id, dayOf());
      } catch (error) {
        for (const id of uses.keyIds) keys.add(id);
        for (const { clientId, sha256, uses: n } of uses.strays) count(clientId, sha256, n);
        if (faults.length === 0) faults = uses.faults;
        throw error;
      }
    },
  };
}
export type UseTally = ReturnType<typeof createUseTally>;
