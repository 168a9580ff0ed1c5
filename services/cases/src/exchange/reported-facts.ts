/** What the sender says of a record: facts of another system. They move no state, start no clock and link nothing here. */
export interface ReportedFacts {
  readonly externalId: string | null;
  readonly jointId: string | null;
  readonly registeredAt: string | null;
  readonly orgName: string | null;
  readonly orgCode: string | null;
  readonly orgKind: string | null;
  readonly orgDepartment: string | null;
  readonly clerk: string | null;
  /** Slug of `REPORTED_STATUSES`; null when the sender gave a number or another name. */
  readonly status: string | null;
  readonly firstOrg: string | null;
  readonly firstOn: string | null;
  readonly isRepeat: boolean | null;
  readonly repeatOf: string | null;
  readonly isBacklog: boolean | null;
  readonly isReviewed: boolean | null;
  readonly isReReviewed: boolean | null;
  readonly isClosed: boolean | null;
  readonly isClosingAccepted: boolean | null;
  readonly dueAt: string | null;
  readonly procedure: string | null;
  /** Codes that we cannot name, by the field's code: kept, never guessed. */
  readonly codes: Readonly<Record<string, string>>;
}
