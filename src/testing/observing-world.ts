import { readSequence } from '#request';
import { nightId } from '#sky';
import type { Unit } from '#unit';
import { workOf } from '../agent/work.ts';
import { openCamera, openDome, openTelescope } from '../devices/index.ts';
import { KeptFrames } from '../execution/frames/kept-frames.ts';
import type { Observation, ObservingTools } from '../execution/observing-tools.ts';
import { Aim } from '../execution/pointing/aim.ts';
import type { World } from './execution-world.ts';

/** What an observation works with, in a world, without an observer around it. */
export function observingTools(world: World, unit: Unit = world.unit): ObservingTools {
  const { clock, database, dataFolder, network } = world;
  const deps = { clock, links: network.link };
  const [mount] = unit.mounts;
  if (!mount) throw new Error('no mount');
  const by = { name: 'Observer', clock };
  return {
    ...{ unit, clock, database, dataFolder },
    telescope: openTelescope(mount, deps),
    dome: openDome(unit.dome, deps),
    cameras: new Map(unit.channels.map((one) => [one.alias, openCamera(one, deps)])),
    focusers: new Map(),
    safety: { listen: async () => ({ safe: true, reasons: [] }) },
    predictedLimit: async () => null,
    keptFrames: new KeptFrames(),
    version: '0.0.0',
    transact: (work) => database.transaction((each) => work(workOf(each, by))),
    isStopping: () => false,
  };
}

/** The observation of a submitted sequence, its telescope still elsewhere. */
export async function observationOf(
  world: World,
  sequenceId: number,
  signal: AbortSignal = new AbortController().signal,
): Promise<Observation> {
  const sequence = await readSequence(world.database, sequenceId);
  if (!sequence) throw new Error(`no sequence ${sequenceId}`);
  const { raDeg, decDeg } = sequence.target;
  const place = { raDeg, decDeg };
  return {
    sequence,
    night: nightId(world.clock.now(), world.unit.site.lonDeg),
    target: () => place,
    sent: () => place,
    aim: new Aim(),
    untilMs: Number.POSITIVE_INFINITY,
    signal,
  };
}

/** Says something to the simulator at an address, e.g. `SIM SET slow 1.5`; gives its answer. */
export async function saySim(
  world: World,
  { address }: { readonly address: { readonly host: string; readonly port: number } },
  request: string,
): Promise<string> {
  return (await world.network.link(address, 'lines').request(request)).text;
}

/** Runs the clock until a promise is settled; gives what it resolves with. */
export async function settled<T>(world: World, promise: Promise<T>, seconds = 3600): Promise<T> {
  let over = false;
  const end = promise.finally(() => {
    over = true;
  });
  end.catch(() => undefined);
  await world.clock.run(world.clock.now() + seconds * 1000, () => over);
  if (!over) throw new Error(`not settled within ${seconds} s`);
  return await end;
}
