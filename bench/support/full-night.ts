import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appendFact, type Fact } from '#agent';
import { allSequences, insertRequest, isFinal, type Sequence, setSequenceStatus } from '#request';
import { siderealHours } from '#sky';
import type { Unit } from '#unit';
import { type NightHours, nightHours } from '../../src/main/demo-night.ts';
import { VirtualObservatory } from '../../src/main/observatory/virtual-observatory.ts';

/** What one channel does on every target. */
export interface FullNightWish {
  readonly unit: Unit;
  readonly night: string;
  readonly seed: number;
  readonly exposureSeconds: number;
  readonly images: number;
  /** How many targets there are, and for how long of the dark hours it goes on: all night long. */
  readonly targets?: number;
  readonly darkSeconds?: number;
  /** A fault that a simulator has all night, e.g. `slow 1.5` of the mount. */
  readonly fault?: { readonly device: string; readonly name: string; readonly amount: number };
}

/** What there is to see of a night that is over. */
export interface FullNight {
  readonly hours: NightHours;
  readonly facts: readonly Fact[];
}

const TARGETS = 120;
const MINUTE_MS = 60_000;

/**
 * Lives a clear night on virtual time in which there is always something to observe. `atEnd` looks at
 * the observatory while it still lives.
 */
export async function liveFullNight(
  wish: FullNightWish,
  atEnd: (observatory: VirtualObservatory) => Promise<void> = async () => undefined,
): Promise<FullNight> {
  const hours = nightHours(wish.unit, wish.night);
  const dataFolder = mkdtempSync(join(tmpdir(), 'pyros-full-night-'));
  const observatory = await VirtualObservatory.open({
    unit: wish.unit,
    seed: wish.seed,
    dataFolder,
    startMs: hours.startMs,
    targetsAtMs: hours.dark.startMs,
    scenario: acknowledged(hours),
  });
  try {
    await fillWithWork(observatory, wish, hours);
    const { fault } = wish;
    if (fault) plane(observatory, fault.device).set(fault.name, fault.amount);
    await observatory.start();
    const { startMs, endMs } = hours.dark;
    const untilMs = wish.darkSeconds === undefined ? endMs : startMs + wish.darkSeconds * 1000;
    await observatory.runUntil(untilMs + MINUTE_MS);
    await atEnd(observatory);
    const facts = await observatory.facts();
    await observatory.stop();
    return { hours, facts };
  } finally {
    await observatory.close();
    rmSync(dataFolder, { recursive: true, force: true });
  }
}

function plane({ simulators }: VirtualObservatory, device: string) {
  const faults = simulators[device]?.faults;
  if (!faults) throw new RangeError(`no simulator ${device}`);
  return faults;
}

/** Somebody presses the button before the dome may open; nothing else happens. */
function acknowledged({ startMs, openMs }: NightHours): unknown {
  const press = (ms: number, value: number) => {
    const plcSimulator = { device_name: 'OBSERVATORY', value_name: 'NightAck', value };
    return { at: new Date(ms).toISOString(), plcSimulator };
  };
  return [10, press(startMs - MINUTE_MS, 0), press(openMs - 8 * MINUTE_MS, 1)];
}

/** In the place of the requests of the fixture: far more than one night can hold, all over the sky. */
async function fillWithWork(
  { database, unit }: VirtualObservatory,
  wish: FullNightWish,
  hours: NightHours,
): Promise<void> {
  const [channel] = unit.channels;
  if (!channel) throw new RangeError('a unit has one channel at least');
  const sequences = Array.from({ length: wish.targets ?? TARGETS }, (_, i) =>
    target(i, { ...wish, hours, channel }),
  );
  const others = await allSequences(database);
  await database.transaction(async (work) => {
    for (const { id, status } of others.filter((one) => !isFinal(one.status))) {
      if (status !== 'CANCELLED')
        await setSequenceStatus(work, { id, to: 'CANCELLED', reason: '' });
    }
    const name = 'A full night';
    const terms = { name, program: 'Bench', targetType: 'field', isAlert: false };
    const request = { ...terms, submittedAtMs: hours.startMs, sequences };
    const { requestId, sequenceIds } = await insertRequest(work, request, 'bench');
    await appendFact(work, {
      atMs: hours.startMs,
      agent: 'bench',
      type: 'RequestSubmitted',
      payload: { requestId, name, program: 'Bench', isAlert: false, sequences: sequenceIds },
    });
  });
}

function target(
  index: number,
  parts: FullNightWish & { hours: NightHours; channel: Unit['channels'][number] },
): Sequence {
  const { hours, channel, exposureSeconds, images, unit } = parts;
  const nightDeg = ((hours.dark.endMs - hours.dark.startMs) / 86_400_000) * 360;
  const zenithDeg = 15 * siderealHours(hours.dark.startMs, unit.site.lonDeg);
  // The golden ratio spreads any number of places evenly.
  const part = (index * 0.618_034) % 1;
  const [first, second = first] = channel.filters;
  if (!first || !second) throw new RangeError('a camera has one filter at least');
  const plans = [first, second].map(({ name: filter }, i) => {
    const half = i === 0 ? Math.floor(images / 2) : Math.ceil(images / 2);
    return { name: filter, filter, exposureSeconds, images: half };
  });
  const readouts = images * (exposureSeconds + channel.detector.readoutSeconds);
  return {
    name: `Field ${index + 1}`,
    windowStartMs: hours.startMs,
    windowEndMs: hours.closeMs,
    priority: 50,
    startMode: 'IMMEDIATE',
    tPreferedMs: null,
    durationSeconds: readouts + channel.wheelSeconds,
    albums: [{ name: channel.alias, channel: channel.alias, plans }],
    target: {
      name: `Field ${index + 1}`,
      raDeg: (zenithDeg - 30 + part * (nightDeg + 60) + 720) % 360,
      decDeg: unit.site.latDeg - 20 + ((index * 7) % 40),
    },
    status: 'TOBEPLANNED',
  };
}
