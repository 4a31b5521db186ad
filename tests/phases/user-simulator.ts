import { appendFact } from '#agent';
import { type Random, seededRandom } from '#platform';
import { albumsSeconds, insertRequest, type Sequence, setSequenceStatus } from '#request';
import { horizontalToIcrs, nightBounds } from '#sky';
import { NIGHT, type PhaseWorld, type Step, unit } from './phase-night.ts';

const MINUTE = 60_000;
const bounds = nightBounds(NIGHT, unit.site.lonDeg);

/** One sequence of `images` exposures of a minute, high in the sky at an instant, UTC ms. */
export function sequenceAt(ms: number, changes: Partial<Sequence> & { images?: number }): Sequence {
  const { images = 5, ...terms } = changes;
  const plan = { name: 'r', filter: 'r', exposureSeconds: 60, images };
  const albums = [{ name: 'VIS', channel: 'VIS', plans: [plan] }];
  const place = horizontalToIcrs({ altDeg: 60, azDeg: 180 }, unit.site, ms);
  return {
    name: 'S',
    windowStartMs: bounds.startMs,
    windowEndMs: bounds.endMs,
    priority: 50,
    startMode: 'IMMEDIATE',
    tPreferedMs: null,
    durationSeconds: albumsSeconds(albums, unit.channels),
    albums,
    target: { name: 'T', ...place },
    status: 'TOBEPLANNED',
    ...terms,
  };
}

/** Submits a request of one sequence, as users do; gives the number of the sequence. */
export async function submit({ database, clock }: PhaseWorld, sequence: Sequence): Promise<number> {
  const atMs = clock.now();
  const [name, program, isAlert] = [`Request of ${sequence.name}`, 'GRB', false];
  const request = { name, program, isAlert, targetType: 'star', submittedAtMs: atMs };
  return await database.transaction(async (work) => {
    const agent = 'UserSimulator';
    const stored = await insertRequest(work, { ...request, sequences: [sequence] }, agent);
    const payload = {
      ...{ requestId: stored.requestId, name, program, isAlert },
      sequences: stored.sequenceIds,
    };
    await appendFact(work, { atMs, agent, type: 'RequestSubmitted', payload });
    return stored.sequenceIds[0] ?? 0;
  });
}

/** A user thinks better of it. */
export async function withdraw({ database }: PhaseWorld, id: number): Promise<void> {
  const change = { id, to: 'CANCELLED', reason: 'its observer withdrew it' } as const;
  await database.transaction((work) => setSequenceStatus(work, change));
}

/** The users' simulator (R-348): requests of all kinds, between two instants, as a seed decides. */
export function userSteps(
  seed: number,
  { count, fromMs, untilMs }: { count: number; fromMs: number; untilMs: number },
): Step[] {
  const random = seededRandom(seed).fork('users');
  return Array.from({ length: count }, (_, i) => {
    const atMs = fromMs + Math.round(random.next() * (untilMs - fromMs));
    const sequence = anySequence(random, `S${i + 1}`, fromMs);
    return { atMs, act: async (world) => void (await submit(world, sequence)) };
  });
}

/** Work for whenever nothing better is there: in sight for hours, of little urgency. */
export function fillerSteps(count: number, atMs: number): Step[] {
  return Array.from({ length: count }, (_, i) => {
    const filler = sequenceAt(atMs + (2 + i / 4) * 60 * MINUTE, {
      name: `Filler ${i + 1}`,
      images: 8,
      priority: 90,
    });
    return { atMs: atMs + i, act: async (world) => void (await submit(world, filler)) };
  });
}

/** One in six is far too low, one in four wants a narrow window, one in three the best elevation. */
function anySequence(random: Random, name: string, fromMs: number): Sequence {
  const culminatesMs = fromMs + random.next() * 8 * 60 * MINUTE;
  const isNever = random.next() < 1 / 6;
  const altDeg = isNever ? 3 : 40 + 45 * random.next();
  const place = horizontalToIcrs({ altDeg, azDeg: 180 }, unit.site, culminatesMs);
  const isNarrow = random.next() < 1 / 4;
  return sequenceAt(culminatesMs, {
    name,
    images: 5 + random.integer(25),
    priority: 10 + random.integer(80),
    startMode: random.next() < 1 / 3 ? 'BESTELEV' : 'IMMEDIATE',
    target: { name: `Target of ${name}`, ...place },
    ...(isNarrow && {
      windowStartMs: culminatesMs - 60 * MINUTE,
      windowEndMs: culminatesMs + 60 * MINUTE,
    }),
  });
}
