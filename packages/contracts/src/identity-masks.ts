/** What may be shown of identity data without a reveal: enough to recognise a file, too little to find a person. */
export const maskName = (name: string): string => {
  const [first = '', ...rest] = [...name];
  return rest.length === 0 ? '*' : first + '*'.repeat(Math.min(rest.length, 3));
};

export const maskIdNumber = (idNumber: string): string =>
  idNumber.length < 8 ? '*'.repeat(idNumber.length) : `${idNumber.slice(0, 3)}${'*'.repeat(idNumber.length - 4)}${idNumber.slice(-1)}`;

export const maskPhone = (phone: string): string =>
  phone.length < 7 ? '*'.repeat(phone.length) : `${phone.slice(0, 3)}${'*'.repeat(phone.length - 5)}${phone.slice(-2)}`;
