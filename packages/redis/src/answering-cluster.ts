import { Cluster } from 'ioredis';

/**
 * `connect()` of ioredis 5.11 never answers when the Cluster was found but failed its first check, as it does while a master
 * is being replaced: it connects anew by itself, or not at all, and whoever waits for the first attempt waits for ever.
 */
export class AnsweringCluster extends Cluster {
  override connect(): Promise<void> {
    return new Promise((resolve, reject) => {
      const failed = (): void => reject(new Error('the Cluster was found and is not ready'));
      void super.connect().then(resolve, reject).finally(() => this.off('close', failed));
      this.once('close', failed);
    });
  }
}
