/** Own numbers never hold a name, an ID number or a birth date (brief §4.1). */

/** Check digit, ISO 7064 MOD 11-2 over the digits of the text, X for ten: one mistyped digit is noticed. */
export function checkDigit(text: string): string {
  let sum = 0;
  for (const char of text.replace(/\D/g, '')) sum = ((sum + Number(char)) * 2) % 11;
  const check = (12 - sum) % 11;
  return check === 10 ? 'X' : String(check);
}

const CHANNEL_LETTER: Readonly<Record<string, string>> = {
  LETTER: 'L', VISIT: 'V', ONLINE: 'W', PHONE: 'T', FAX: 'F', LEADER_MAILBOX: 'M', OTHER: 'O',
};

/** 信访事项编号: M + division + year + serial + check digit. */
export function caseNumber(divisionCode: string, year: string, serial: number): string {
  const body = `${divisionCode.slice(0, 6)}${year}${String(serial).padStart(6, '0')}`;
  return `M${body}${checkDigit(body)}`;
}

/** 信访件编号: division-channel-day-serial + check digit. */
export function petitionNumber(parts: { divisionCode: string; channel: string; on: string; serial: number }): string {
  const day = parts.on.replaceAll('-', '');
  const serial = String(parts.serial).padStart(6, '0');
  const division = parts.divisionCode.slice(0, 6);
  return `${division}-${CHANNEL_LETTER[parts.channel] ?? 'O'}-${day}-${serial}${checkDigit(division + day + serial)}`;
}
