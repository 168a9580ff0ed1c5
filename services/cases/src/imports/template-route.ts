import { bodyHash, type TokenGate } from '@anjie/access';
import { templateFor, type AnyImportDefinition } from '@anjie/service-kit/imports';
import { claimsOf, type Route } from '@anjie/service-kit/subgraph';
import { ledgerColumns, petitionListColumns } from './import-columns';

const TEMPLATES: Readonly<Record<string, Pick<AnyImportDefinition, 'columns' | 'sheet'>>> = {
  'ledger.xlsx': { columns: ledgerColumns, sheet: '台账' },
  'petitions.xlsx': { columns: petitionListColumns, sheet: '信访件清单' },
};

/** Empty workbooks to fill in, made from the same columns that the importer checks. */
export const templateRoute = (gate: TokenGate): Route => ({
  method: 'GET',
  path: '/internal/templates/',
  async answer(request, response) {
    claimsOf(gate, request, bodyHash(''));
    const name = (request.url ?? '').split('?')[0]?.slice('/internal/templates/'.length) ?? '';
    const template = Object.hasOwn(TEMPLATES, name) ? TEMPLATES[name] : undefined;
    if (!template) {
      response.writeHead(404).end();
      return;
    }
    const book = await templateFor(template as AnyImportDefinition);
    response.writeHead(200, { 'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'content-disposition': `attachment; filename="${name}"` });
    response.end(book);
  },
});
