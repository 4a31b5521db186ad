import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { VirtualClock } from '#platform';
import { type Unit, unitSchema } from '#unit';
import { MemoryNetwork } from './link/memory-network.ts';
import { EMPTY_SCENARIO, type Scenario } from './scenario.ts';
import { makeSimulators, type Simulators } from './simulators.ts';

/** 12 October 2026, 22 h UTC: a dark hour over the site of the simulated unit. */
export const NIGHT_MS = Date.UTC(2026, 9, 12, 22);

/** For tests: the simulated unit in memory on virtual time, with small detectors. */
export interface VirtualSimulators {
  readonly unit: Unit;
  readonly clock: VirtualClock;
  readonly network: MemoryNetwork;
  readonly simulators: Simulators & Required<Pick<Simulators, 'mount' | 'dome' | 'plc'>>;
  /** What the simulators told. */
  readonly told: string[];
  /** Lets that many seconds of observatory time go by. */
  pass(seconds: number): Promise<void>;
}

/** The unit of config/simulated.yaml, its detectors cut down to 64 × 64 pixels. */
export function smallUnit(): Unit {
  const file = new URL('../../config/simulated.yaml', import.meta.url);
  const unit = unitSchema.parse(parse(readFileSync(file, 'utf8')));
  const small = { width: 64, height: 64 };
  const channels = unit.channels.map((channel) => ({
    ...channel,
    detector: { ...channel.detector, ...small },
  }));
  return { ...unit, channels };
}

/** Serves every simulator of the small unit in memory. */
export function virtualSimulators(
  scenario: Scenario = EMPTY_SCENARIO,
  seed = 1,
  unit = smallUnit(),
): VirtualSimulators {
  const clock = new VirtualClock(NIGHT_MS);
  const network = new MemoryNetwork(clock);
  const told: string[] = [];
  const log = (sentence: string) => void told.push(sentence);
  const made = makeSimulators(unit, { clock, seed, scenario, log }, network.link);
  const { mount, dome, plc } = made;
  if (!mount || !dome || !plc) throw new RangeError('a unit whose devices are all simulated');
  const simulators = { ...made, mount, dome, plc };
  for (const { address, endpoint } of Object.values(simulators)) network.serve(address, endpoint);
  return { unit, clock, network, simulators, told, pass: (seconds) => passOn(clock, seconds) };
}

/** Runs a virtual clock until so many seconds later. */
export async function passOn(clock: VirtualClock, seconds: number): Promise<void> {
  const over = clock.sleep(seconds);
  await clock.run(clock.now() + seconds * 1000);
  await over;
}
