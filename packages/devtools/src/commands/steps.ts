/** Steps with elapsed time for a person who watches; a step that knows its size shows how far it is. */
export function createSteps(write: (text: string) => void = (text) => void process.stderr.write(text)) {
  const began = Number(process.env['ANJIE_BEGAN_AT'] ?? Date.now());
  const seconds = (since: number): string => `${((Date.now() - since) / 1000).toFixed(1)} s`;
  const isTerminal = process.stderr.isTTY === true;
  return {
    async run<Result>(name: string, work: (progress: (done: number, total: number) => void) => Promise<Result>): Promise<Result> {
      const start = Date.now();
      let told = 0;
      write(`▸ ${name} … `);
      const progress = (done: number, total: number): void => {
        const percent = Math.floor((done / total) * 100);
        if (percent < told + 10 && done < total) return;
        told = percent;
        write(isTerminal ? `\r▸ ${name} … ${done} of ${total} ` : `${percent} % `);
      };
      try {
        const result = await work(progress);
        write(`${seconds(start)}\n`);
        return result;
      } catch (error) {
        write('failed\n');
        throw error;
      }
    },
    total: () => seconds(began),
  };
}
