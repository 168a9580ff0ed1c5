import type { PersonaName } from './personas';
import type { PlaceName } from './places';

/** Who acts for a unit that leads a case, and who heads it. */
export const HANDLERS: Readonly<Partial<Record<PlaceName, { readonly handler: PersonaName; readonly head: PersonaName }>>> = {
  housing: { handler: 'leadHandler', head: 'housingHead' },
  landReserve: { handler: 'accusedHandler', head: 'accusedHandler' },
  landBureau: { handler: 'accusedParent', head: 'accusedParent' },
  landStation: { handler: 'accusedChild', head: 'accusedChild' },
  civilAffairs: { handler: 'supportHandler', head: 'supportHandler' },
  labour: { handler: 'referredHandler', head: 'referredHandler' },
  neighbourBureau: { handler: 'neighbourHandler', head: 'neighbourHead' },
};

export function handlerOf(place: PlaceName): PersonaName {
  const found = HANDLERS[place];
  if (!found) throw new RangeError(`nobody of the cast acts for ${place}`);
  return found.handler;
}

export interface County {
  readonly division: string;
  readonly office: PersonaName;
  readonly officePlace: PlaceName;
  readonly registrar: PersonaName;
}
export const COUNTIES = {
  here: { division: '640104', office: 'countyOffice', officePlace: 'countyOffice', registrar: 'windowClerk' },
  neighbour: { division: '640105', office: 'neighbourOffice', officePlace: 'neighbourOffice', registrar: 'neighbourOffice' },
  far: { division: '640202', office: 'farOffice', officePlace: 'farOffice', registrar: 'farOffice' },
} as const satisfies Readonly<Record<string, County>>;
export type CountyName = keyof typeof COUNTIES;
