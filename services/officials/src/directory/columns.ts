/** Column types as TypeORM names them, for the drift test. */
export const ascii = (length: number) => ({ type: 'varchar' as const, length: String(length), charset: 'ascii', collation: 'ascii_bin' });
export const id = { type: 'uuid' as const, primary: true };
export const reference = { type: 'uuid' as const };
export const optionalReference = { type: 'uuid' as const, nullable: true };
export const day = { type: 'date' as const };
export const optionalDay = { type: 'date' as const, nullable: true };
export const version = { type: 'bigint' as const, default: 1 };
export const flag = { type: 'tinyint' as const, width: 1, default: 0 };
export const text = (length: number) => ({ type: 'varchar' as const, length: String(length) });
/** A business code or number: equal only when every character is. */
export const exactText = (length: number) => ({ ...text(length), collation: 'utf8mb4_bin' });
export const optionalFlag = { type: 'tinyint' as const, width: 1, nullable: true };
