import { cpus, loadavg, totalmem } from 'node:os';

/** What the numbers were measured on, and when. */
export function machineLine(versions: Readonly<Record<'mariadb' | 'redis', string>>, load: { seconds: number; connections: number }): string {
  const cores = cpus();
  const date = new Date().toISOString().slice(0, 16).replace('T', ' ');
  return [
    `Measured ${date} UTC on ${cores.length} cores (${cores[0]?.model.trim() ?? 'unknown CPU'}), ${Math.round(totalmem() / 2 ** 30)} GB`,
    `Node ${process.versions.node}, MariaDB ${versions.mariadb} (buffer pool 2 GB, not durable), Redis ${versions.redis}`,
    `${load.connections} connections, 3 interleaved rounds of ${load.seconds} s each, medians; load generator, services and database share the cores`,
  ].join('; ').concat('. Compare within one table only.');
}

/** The same for a run of one system under its own load. */
export function machineOf(versions: Readonly<Record<'mariadb' | 'redis', string>>): string {
  const cores = cpus();
  return [
    `Measured ${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC on ${cores.length} cores (${cores[0]?.model.trim() ?? 'unknown CPU'}), ${Math.round(totalmem() / 2 ** 30)} GB, load ${loadavg()[0]?.toFixed(1)}`,
    `Node ${process.versions.node}, MariaDB ${versions.mariadb} (buffer pool 2 GB, not durable), Redis ${versions.redis} (AOF everysec)`,
  ].join('; ').concat('. Gateway, services, workers, engines and the sender share the cores.');
}
