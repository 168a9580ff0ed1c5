import type { DataSource } from 'typeorm';
import { filePlace, type FileStorage } from '@anjie/service-kit/files';
import { serviceViewer } from '@anjie/service-kit/messaging';
import type { Logger } from '@anjie/service-kit/runtime';
import type { PeriodicTask } from '@anjie/service-kit/upkeep';
import { columnPlaces, createRotator, secretClass, type Place, type Rotator } from '@anjie/service-kit/vault';
import { INDEX_SECRETS } from './blind-index';
import type { IdentityVault } from './identity-vault';
import { indexPlace } from './index-place';
import { FILE_CLASSES } from './sealed-columns';

export interface RotationDeps {
  readonly db: DataSource;
  readonly vault: IdentityVault;
  readonly log: Logger;
  /** Where the sealed contents lie. */
  readonly files: FileStorage;
  readonly scratchDir: string;
}

/** Everything that a key of the class seals, or a secret is the key of. */
export function placesOf({ vault, log, files, scratchDir }: RotationDeps, keyClass: string): readonly Place[] {
  if (keyClass === secretClass(INDEX_SECRETS.id_number)) return [indexPlace(vault, 'id_number')];
  if (keyClass === secretClass(INDEX_SECRETS.phone)) return [indexPlace(vault, 'phone')];
  if (FILE_CLASSES.some((one) => one === keyClass)) return [...columnPlaces(vault, keyClass, log), filePlace({ keyring: vault.keyring, keyClass, oldKey: vault.oldFileKey, files, scratchDir, log })];
  return columnPlaces(vault, keyClass, log);
}

export const createKeyRotation = (deps: RotationDeps, settleS?: number): Rotator =>
  createRotator({
    db: deps.db, keyring: deps.vault.keyring, log: deps.log, actor: { viewer: serviceViewer('cases'), requestId: 'key-rotation' }, placesOf: (keyClass) => placesOf(deps, keyClass),
    ...(settleS === undefined ? {} : { settleS }),
  });

/** Goes on with whatever an operator asked for (`npm run ops -- rotate`), one worker at a time. */
export const keyRotationTask = (rotator: Rotator): PeriodicTask => ({
  name: 'key-rotation',
  when: { everyS: 5 },
  async work(_argument, signal) {
    while (!signal.aborted && (await rotator.step()));
  },
});
