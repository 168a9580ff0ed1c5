import type { PersonaName } from '../world/personas';

/**
 * Who sees what of whom. A row for each persona, a letter for each item:
 *   C in clear   M masked   N null, or the neutral name of a sealed matter   E an empty list   R refused   - as if it were not there   X the whole door is shut
 *
 * The ordinary case is registered at the hall, led by housing, supported by civil affairs, referred to labour, sponsored; the land reserve
 * centre and one official of housing are kept out. Of the two accusations one is with the discipline organ, one still at the hall.
 */
export const ITEMS = [
  ['name, phone and number', 'petitioners { maskedName maskedPhone maskedIdNumber }'],
  ['text of the petition', 'content'],
  ['title and summary', 'case { title summary }'],
  ['identity in full', 'revealPetitioner'],
  ['a paper in full', 'printDocument'],
  ['an attached file', 'createAttachmentLink'],
  ['identity in an export', 'exportExchangeRecords MASKED'],
  ['identity in an export in full', 'exportExchangeRecords FULL'],
  ['text of a complaint of retaliation', 'readRetaliationComplaint'],
  ['who is kept out', 'exclusions'],
  ['words of a request about data', 'readDataRequest'],
  ['accusation with the organ: title', 'case { title summary }'],
  ['accusation with the organ: text', 'content'],
  ['accusation with the organ: who accuses', 'petitioners'],
  ['accusation with the organ: identity in full', 'revealPetitioner'],
  ['accusation with the organ: the accused', 'revealAccusation'],
  ['accusation with the organ: who is kept out', 'exclusions'],
  ['accusation at the hall: title', 'case { title summary }'],
  ['accusation at the hall: who accuses', 'petitioners'],
  ['accusation at the hall: the accused', 'revealAccusation'],
] as const;

/** The items in the order of ITEMS: ordinary case, accusation with the organ, accusation at the hall. */
export const TABLE: Readonly<Partial<Record<PersonaName, string>>> = {
  provinceOffice: 'MCCCRCMCCCC ------ ---',
  cityOffice: 'MCCCRCMCCCC ------ ---',
  countyOffice: 'MCCCRCMC-CC ------ ---',
  neighbourOffice: '----------- ------ ---',
  farOffice: '----------- ------ ---',
  leadHandler: 'MCCCCCMR-E- ------ ---',
  housingHead: 'MCCCCCMR-E- ------ ---',
  governmentHandler: 'MCCCCCMR-E- ------ ---',
  supportHandler: 'MCCRRCMR-E- ------ ---',
  referredHandler: 'MCCRRCMR-E- ------ ---',
  windowClerk: 'MCCCCCRR-EC ------ NMC',
  accusedHandler: '-------R--- ------ ---',
  accusedChild: '-------R--- ------ ---',
  accusedParent: '-------R--- ------ ---',
  transferred: '-------R--- ------ ---',
  seconded: '-------R--- ------ ---',
  discipline: '-------R--- NNMCCE ---',
  neighbourHandler: '-------R--- ------ ---',
  excludedOfficial: '-------R--- ------ ---',
  sponsor: 'MCCCRCRR-E- ------ ---',
  sponsorOfAccused: '------RR--- ------ ---',
  taskForceMember: '------RR--- ------ ---',
  admin: '------RR--- ------ ---',
  auditor: '---XXXXXX-X ---XX- --X',
  developer: '------RR--- ------ ---',
  colleague: '------RR--- ------ ---',
  nobody: '------RR--- ------ ---',
  website: 'XXXXXXXXXXX XXXXXX XXX',
};
