import DataLoader from 'dataloader';

/** One value under each of many parents; parents that ask with the same arguments share one statement. */
export function loaderByArgs<Value, Args>(load: (parents: readonly string[], args: Args) => Promise<Value[]>): (parent: string, args: Args) => Promise<Value> {
  const byArgs = new Map<string, DataLoader<string, Value>>();
  return (parent, args) => {
    const key = JSON.stringify(args);
    const loader = byArgs.get(key) ?? new DataLoader<string, Value>((parents) => load(parents, args));
    byArgs.set(key, loader);
    return loader.load(parent);
  };
}
