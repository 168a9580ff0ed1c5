import { maskIdNumber, maskName, maskPhone } from '@anjie/contracts';
import type { Sensitivity } from './definition';

const MASKS: Readonly<Record<Sensitivity, (text: string) => string>> = { NAME: maskName, ID_NUMBER: maskIdNumber, PHONE: maskPhone, ADDRESS: () => '******' };

/** What may be handed back of a sensitive cell: as little as is shown of it anywhere else. Nothing stays nothing. */
export const maskCell = (text: string, sensitivity: Sensitivity | undefined): string => (sensitivity === undefined || text === '' ? text : MASKS[sensitivity](text));

/** A cell that came back masked and was sent again as if it were data. */
export const isMasked = (text: string): boolean => /[*＊]/.test(text);
