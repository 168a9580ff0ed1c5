import type { Exchange, Route } from './http';

/** The page is one file without outside references; it needs its inline script and style, and workers from blobs. */
const PAGE_POLICY =
  "default-src 'none'; script-src 'unsafe-inline' blob:; worker-src blob:; style-src 'unsafe-inline'; img-src data:; font-src data:; connect-src 'self'; frame-ancestors 'none'";

const GREETING = `# Anjie: put a token behind "Bearer " in the Headers tab,
# then reload the schema (the arrows, bottom left).
# A token: npm run -s token -- district-office

{
  cases(first: 3) {
    totalCount
    nodes { number title leadUnit { name } nextDueOn }
  }
}
`;

/** GraphiQL for developers. Not mounted at all unless the development issuer is on. */
export function graphiqlRoute(): Route {
  return {
    method: 'GET',
    path: '/graphql',
    async answer({ response }: Exchange) {
      const page = await renderPage();
      response.setHeader('content-security-policy', PAGE_POLICY);
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-length': Buffer.byteLength(page) });
      response.end(page);
    },
  };
}

let rendered: string | undefined;

/** Nine megabytes: loaded when somebody first opens the page. */
async function renderPage(): Promise<string> {
  if (rendered !== undefined) return rendered;
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  rendered = renderGraphiQL({ title: 'Anjie', endpoint: '/graphql', defaultQuery: GREETING, headers: '{\n  "authorization": "Bearer "\n}' });
  return rendered;
}
