import { createS3Storage } from './s3-storage';
import { createFolderStorage, type FileStorage } from './storage';
import { s3SettingsOf, type StorageEnv } from './storage-settings';

/** The storage that the environment names: a bucket, or the folder. @throws Error when a setting of the bucket is missing */
export function openFileStorage(env: StorageEnv, service: string): FileStorage {
  const settings = s3SettingsOf(env, service);
  return settings ? createS3Storage(settings) : createFolderStorage(env.ANJIE_STORAGE_DIR);
}

/** What keeps a storage from being used, for `refuseUnsafeSettings`. */
export async function unusableStorage(storage: FileStorage): Promise<readonly string[]> {
  const fault = await storage.fault?.();
  return fault === undefined ? [] : [fault];
}
