import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { codeOf, PyrosError, sentenceOf } from '#platform';
import { faultsOf } from './observatory-action.ts';
import type { OperatorKeeper } from './operator-keeper.ts';
import type { SimulatorStore } from './simulator-store.ts';

/** What the routes of the page "Simulator" answer from and drive. */
export interface SimulatorRouteSources {
  readonly keeper: OperatorKeeper;
  readonly simulators: SimulatorStore;
}

/** A word of the control protocol: nothing in it may begin another word or another line. */
const word = z.string().regex(/^[\w.+-]{1,60}$/, 'one word of letters, digits, . _ + -');
const faultBody = z.strictObject({
  name: word,
  amount: z.number().min(0).max(1e6).optional(),
});
const clearBody = z.strictObject({ name: word.optional() });
const valueBody = z.strictObject({
  device: z.string().regex(/^[\w.+-]+( [\w.+-]+)*$/, 'a device of the PLC'),
  name: word,
  value: z.union([z.number().min(-1e6).max(1e6), word]),
});

/** The page "Simulator", and the faults and values that people set there. */
export function addSimulatorRoutes(app: FastifyInstance, sources: SimulatorRouteSources): void {
  const { keeper, simulators } = sources;
  app.get('/api/simulators', async (_request, reply) => {
    reply.header('cache-control', 'no-store');
    return await simulators.page();
  });
  const admitted = { onRequest: keeper.admit };
  type Named = { Params: { device: string } };
  app.post('/api/simulators/plc/values', admitted, (request, reply) =>
    answer(reply, async () => {
      const { value, ...place } = parsed(valueBody, request.body);
      await simulators.hand('plc').value(place.device, place.name, value);
      simulators.held(place, value);
      return `${place.device}.${place.name} is ${value}.`;
    }),
  );
  app.post<Named>('/api/simulators/:device/faults', admitted, (request, reply) =>
    answer(reply, async () => {
      const { name, amount } = parsed(faultBody, request.body);
      const { device } = request.params;
      await simulators.hand(device).set(name, amount);
      return `${device}: ${name} is set.`;
    }),
  );
  app.post<Named>('/api/simulators/:device/clear', admitted, (request, reply) =>
    answer(reply, async () => {
      const { name } = parsed(clearBody, request.body);
      const { device } = request.params;
      await simulators.hand(device).clear(name);
      return name === undefined ? `${device} has no fault.` : `${device}: ${name} is cleared.`;
    }),
  );
}

function parsed<T>(schema: z.ZodType<T>, body: unknown): T {
  const reading = schema.safeParse(body);
  if (reading.success) return reading.data;
  throw new PyrosError('BAD_REQUEST', faultsOf(reading.error));
}

async function answer(reply: FastifyReply, work: () => Promise<string>) {
  try {
    return { sentence: await work() };
  } catch (error) {
    const code = codeOf(error);
    const status = code === 'DEVICE_UNREACHABLE' ? 503 : code === 'UNEXPECTED' ? 500 : 422;
    const text = status === 500 ? 'The simulator could not be driven.' : sentenceOf(error);
    return await reply.code(status).send({ code, error: text });
  }
}
