import type { Sql } from '@anjie/service-kit/database';
import type { Logger } from '@anjie/service-kit/runtime';
import { putSealedSecrets, sealedSecrets } from './endpoint-repository';
import type { SecretBox } from './webhook-secrets';

/** After a change of the message key: secrets that the other key sealed are sealed with the one that seals now. Answers how many. */
export async function renewSeals(sql: Sql, box: SecretBox, log: Logger): Promise<number> {
  let renewed = 0;
  let after: string | null = null;
  for (;;) {
    const page = await sealedSecrets(sql, after);
    for (const row of page) {
      const [secret, oldSecret] = [box.renewed(row.secret, row.id), row.oldSecret && box.renewed(row.oldSecret, row.id)];
      if (secret === undefined || oldSecret === undefined) log.error({ endpoint: row.id }, 'a webhook secret opens with neither message key; rotate it at its endpoint');
      else if (secret !== row.secret || oldSecret !== row.oldSecret) renewed += await putSealedSecrets(sql, row, { secret, oldSecret });
    }
    const last = page.at(-1);
    if (!last) return renewed;
    after = last.id;
  }
}
