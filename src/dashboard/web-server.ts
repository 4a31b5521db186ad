import { join } from 'node:path';
import helmet from '@fastify/helmet';
import serveFiles from '@fastify/static';
import fastify, { type FastifyInstance } from 'fastify';

/** Where the built pages are. */
const PAGES = join(import.meta.dirname, '..', '..', 'dist', 'web');

/** Addresses of pages; each is the same file, which looks where it is. */
const PAGE_PATHS = ['/report', '/schedule', '/observatory', '/simulator'];
/** No action says so much, bytes. */
const LARGEST_BODY = 10_000;

/** A server of the built pages with its security headers; it does not listen yet. */
export async function makeServer(pages = PAGES): Promise<FastifyInstance> {
  // Live feeds never end by themselves: without this, closing would wait for ever.
  const server = fastify({
    forceCloseConnections: true,
    logger: false,
    bodyLimit: LARGEST_BODY,
  });
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
  for (const page of PAGE_PATHS) {
    server.get(page, (_request, reply) => reply.sendFile('index.html'));
  }
  return server;
}
