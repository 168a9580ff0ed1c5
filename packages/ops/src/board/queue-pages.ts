import type { RequestListener } from 'node:http';
import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { ExpressAdapter } from '@bull-board/express';
import { queueConcernsOf, SERVICES } from '@anjie/contracts';
import { openQueue } from '@anjie/service-kit/messaging';
import { closeWithin, type Closable } from '@anjie/service-kit/runtime';

type Render = (path: string, options: object, done: (error: unknown, html?: string) => void) => void;
interface Pages extends RequestListener {
  readonly engines: Record<string, Render>;
}

/** bull-board over every queue of every service: nothing can be changed through it. */
export function openQueuePages(redisUrl: string): Closable & { readonly answer: RequestListener } {
  const queues = SERVICES.flatMap((service) => queueConcernsOf(service).map((concern) => openQueue(redisUrl, service, concern)));
  const adapter = new ExpressAdapter();
  createBullBoard({
    queues: queues.map((queue) => {
      const shown = new BullMQAdapter(queue, { readOnlyMode: true, allowRetries: false });
      shown.setFormatter('data', withoutSeals);
      return shown;
    }),
    serverAdapter: adapter,
    options: { uiConfig: { boardTitle: '安结队列 Anjie', locale: { lng: 'zh-CN' }, hideDocsLink: true, showWorkers: false } },
  });
  const pages = adapter.getRouter() as Pages;
  pages.engines['.ejs'] = withoutForeignLinks(pages.engines['.ejs']);
  return { answer: pages, close: () => closeWithin(2_000, Promise.all(queues.map((queue) => queue.close()))) };
}

/** bull-board's page asks a font service for its letters; a machine of an office asks nobody. */
const withoutForeignLinks = (render: Render | undefined): Render => (path, options, done) => {
  if (!render) return done(new Error('bull-board renders its page in another way than it did'));
  return render(path, options, (error, html) => done(error, html?.replace(/<link[^>]+href="(https?:)?\/\/[^>]*>/g, '')));
};

/** Whoever looks at a job needs its ids, not the seals. */
const withoutSeals = (data: unknown): unknown => JSON.parse(JSON.stringify(data ?? null, (key, value: unknown) => (key === 'mac' ? undefined : value)));
