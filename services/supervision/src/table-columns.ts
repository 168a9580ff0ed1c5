/** Column kinds that the tables of this service share. */
export const ascii = (length: number) => ({ type: 'varchar' as const, length: String(length), charset: 'ascii', collation: 'ascii_bin' });
export const moment = { type: 'datetime' as const, precision: 3 };
export const day = { type: 'date' as const };
export const uuid = { type: 'uuid' as const };
export const whole = { type: 'int' as const };
