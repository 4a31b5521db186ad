import { join } from 'node:path';
import helmet from '@fastify/helmet';
import serveFiles from '@fastify/static';
import fastify, { type FastifyInstance } from 'fastify';

/** Where the built pages are. */
const PAGES = join(import.meta.dirname, '..', '..', 'dist', 'web');

/** A server of the built pages with its security headers; it does not listen yet. */
export async function makeServer(pages = PAGES): Promise<FastifyInstance> {
  // Live feeds never end by themselves: without this, closing would wait for ever.
  const server = fastify({ forceCloseConnections: true, logger: false });
  await server.register(helmet, {
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        upgradeInsecureRequests: null,
      },
    },
    strictTransportSecurity: false,
  });
  await server.register(serveFiles, { root: pages, wildcard: false, index: ['index.html'] });
  for (const page of ['/report', '/schedule']) {
    server.get(page, (_request, reply) => reply.sendFile('index.html'));
  }
  return server;
}
