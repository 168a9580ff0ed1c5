import { Pool } from 'undici';

/** What the process gets as its only argument, in JSON. */
export interface LoadPlan {
  readonly origin: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly connections: number;
  readonly seconds: number;
  readonly maxRequests: number;
}

/** What it prints, in JSON. */
export interface LoadResult {
  readonly requests: number;
  readonly seconds: number;
  readonly p50: number;
  readonly p99: number;
  /** Answers other than the first one, which the bench has checked. */
  readonly different: number;
  /** Of this process, while it sent. */
  readonly cpuMs: number;
}

const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** Each connection sends its next request when the last was answered, until time or number is used up. */
async function run(plan: LoadPlan): Promise<LoadResult> {
  if (!LOOPBACK.has(new URL(plan.origin).hostname)) throw new Error('load is sent to this machine only');
  const pool = new Pool(plan.origin, { connections: plan.connections, pipelining: 1 });
  const latencies: number[] = [];
  let sent = 0;
  let expected: string | undefined;
  let different = 0;
  const cpuBefore = process.cpuUsage();
  const began = performance.now();
  const end = began + plan.seconds * 1_000;
  const client = async (): Promise<void> => {
    while (performance.now() < end && sent < plan.maxRequests) {
      sent += 1;
      const from = performance.now();
      const { statusCode, body } = await pool.request({ method: 'POST', path: plan.path, headers: plan.headers, body: plan.body });
      const text = await body.text();
      latencies.push(performance.now() - from);
      expected ??= text;
      if (statusCode !== 200 || text !== expected) different += 1;
    }
  };
  await Promise.all(Array.from({ length: plan.connections }, client));
  const seconds = (performance.now() - began) / 1_000;
  const { user, system } = process.cpuUsage(cpuBefore);
  await pool.close();
  latencies.sort((a, b) => a - b);
  return { requests: latencies.length, seconds, p50: quantile(latencies, 0.5), p99: quantile(latencies, 0.99), different, cpuMs: (user + system) / 1_000 };
}

const quantile = (sorted: readonly number[], share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

run(JSON.parse(process.argv[2] ?? '{}') as LoadPlan).then(
  (result) => console.log(JSON.stringify(result)),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
