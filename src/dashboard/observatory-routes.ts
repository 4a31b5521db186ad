import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Sender } from '#agent';
import { codeOf, sentenceOf } from '#platform';
import { COMMANDS } from './button-views.ts';
import { ACTION_BODIES, endOf, faultsOf } from './observatory-action.ts';
import type { ObservatoryAction } from './observatory-page.ts';
import type { ObservatoryStore } from './observatory-store.ts';
import { observatoryView } from './observatory-view.ts';
import type { OperatorKeeper } from './operator-keeper.ts';

/** What the routes of the page "Observatory" answer from, and whom they speak to. */
export interface ObservatoryRouteSources {
  readonly observatory: ObservatoryStore;
  readonly keeper: OperatorKeeper;
  readonly sender: Sender;
  /** Alias of the Majordome. */
  readonly majordome: string;
  /** Observatory seconds that a person waits for an answer. */
  readonly patienceSeconds: () => number;
}

/** The page "Observatory", the statuses for GIC, and the actions of people. */
export function addObservatoryRoutes(app: FastifyInstance, sources: ObservatoryRouteSources): void {
  const { observatory, keeper } = sources;
  app.get('/api/observatory', async (_request, reply) => {
    reply.header('cache-control', 'no-store');
    return observatoryView(await observatory.gather());
  });
  app.get('/api/gic', async (_request, reply) => {
    reply.header('cache-control', 'no-store');
    return await observatory.statuses();
  });
  // Tells whether the key fits, and does nothing.
  app.post('/api/operator', { onRequest: keeper.admit }, async () => ({ profile: 'Operator' }));
  for (const action of Object.keys(COMMANDS) as ObservatoryAction[]) {
    app.post(`/api/observatory/${action}`, { onRequest: keeper.admit }, (request, reply) =>
      act({ action, request, reply }, sources),
    );
  }
}

interface Asked {
  readonly action: ObservatoryAction;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

async function act({ action, request, reply }: Asked, sources: ObservatoryRouteSources) {
  const body = ACTION_BODIES[action].safeParse(request.body);
  if (!body.success) {
    return await reply.code(422).send({ code: 'BAD_REQUEST', error: faultsOf(body.error) });
  }
  const patience = sources.patienceSeconds();
  try {
    const sent = await sources.sender.send(
      sources.majordome,
      { name: COMMANDS[action], payload: body.data },
      { validitySeconds: patience, timeoutSeconds: patience },
    );
    const { status, body: answer } = endOf(await sent.ended());
    return await reply.code(status).send(answer);
  } catch (error) {
    return await reply.code(503).send({ code: codeOf(error), error: sentenceOf(error) });
  }
}
