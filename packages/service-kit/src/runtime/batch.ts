/** What came of one item: a value, or its own error. */
export type Outcome<Value = void> = { readonly error?: unknown; readonly value?: Value };

export interface BatchOptions<Item, Value = void> {
  readonly maxItems: number;
  /** Milliseconds that the first item waits for company. */
  readonly waitMs: number;
  /** Batches that run at a time; what comes meanwhile waits and goes together. Any number unless told. */
  readonly maxRunning?: number;
  /** One outcome per item, in order. A rejection is every item's error. */
  readonly run: (items: readonly Item[]) => Promise<readonly Outcome<Value>[]>;
}

/** Gathers what callers bring within a moment and does it together; each caller hears of its own item only. */
export function createBatch<Item, Value = void>({ maxItems, waitMs, maxRunning = Infinity, run }: BatchOptions<Item, Value>): (item: Item) => Promise<Value> {
  interface Waiting {
    readonly item: Item;
    readonly resolve: (value: Value) => void;
    readonly reject: (error: unknown) => void;
  }
  const waiting: Waiting[] = [];
  let running = 0;
  let timer: NodeJS.Timeout | undefined;
  const flush = async (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    if (running >= maxRunning || waiting.length === 0) return;
    const batch = waiting.splice(0, maxItems);
    running += 1;
    try {
      const outcomes = await run(batch.map((one) => one.item));
      batch.forEach((one, i) => (outcomes[i] && 'error' in outcomes[i] ? one.reject(outcomes[i].error) : one.resolve(outcomes[i]?.value as Value)));
    } catch (error) {
      batch.forEach((one) => one.reject(error));
    }
    running -= 1;
    void flush();
  };
  return (item) =>
    new Promise<Value>((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (waiting.length >= maxItems) void flush();
      else timer ??= setTimeout(() => void flush(), waitMs);
    });
}
