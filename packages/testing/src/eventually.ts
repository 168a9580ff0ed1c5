/** Waits until `look` answers something other than undefined or false. @throws Error naming what did not happen in time */
export async function eventually<Fact>(what: string, look: () => Promise<Fact | undefined | false>, timeoutMs = 20_000): Promise<Fact> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const fact = await look();
    if (fact !== undefined && fact !== false) return fact;
    if (Date.now() > end) throw new Error(`did not happen within ${timeoutMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
