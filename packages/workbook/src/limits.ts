/** What one file may cost. Bytes are bytes, lengths are UTF-16 code units (the way Excel counts). */
export interface WorkbookLimits {
  /** size of the file on disk */
  readonly fileBytes: number;
  /** bytes really inflated from the zip parts that are read */
  readonly inflatedBytes: number;
  /** non-empty rows below the header */
  readonly rows: number;
  readonly columns: number;
  readonly cellChars: number;
  /** entries in the zip directory */
  readonly zipEntries: number;
  /** distinct texts kept in memory (the shared string table of .xlsx) */
  readonly texts: number;
}

export const defaultLimits: WorkbookLimits = {
  fileBytes: 20 * 1024 * 1024,
  inflatedBytes: 200 * 1024 * 1024,
  rows: 50_000,
  columns: 64,
  cellChars: 32_767,
  zipEntries: 2_000,
  texts: 2_000_000,
};
