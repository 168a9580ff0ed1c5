/** What came of one item: a value, or its own error. */
export type Outcome<Value = void> = { readonly error?: unknown; readonly value?: Value };

export interface BatchOptions<Item, Value = void> {
  readonly maxItems: number;
  /** Milliseconds that the first item waits for company. */
  readonly waitMs: number;
  /** One outcome per item, in order. A rejection is every item's error. */
  readonly run: (items: readonly Item[]) => Promise<readonly Outcome<Value>[]>;
}

/** Gathers what callers bring within a moment and does it together; each caller hears of its own item only. */
export function createBatch<Item, Value = void>({ maxItems, waitMs, run }: BatchOptions<Item, Value>): (item: Item) => Promise<Value> {
  interface Waiting {
    readonly item: Item;
    readonly resolve: (value: Value) => void;
    readonly reject: (error: unknown) => void;
  }
  let waiting: Waiting[] = [];
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const batch = waiting;
    waiting = [];
    void run(batch.map((one) => one.item)).then(
      (outcomes) => batch.forEach((one, i) => (outcomes[i] && 'error' in outcomes[i] ? one.reject(outcomes[i].error) : one.resolve(outcomes[i]?.value as Value))),
      (error: unknown) => batch.forEach((one) => one.reject(error)),
    );
  };
  return (item) =>
    new Promise<Value>((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (waiting.length >= maxItems) flush();
      else timer ??= setTimeout(flush, waitMs);
    });
}
