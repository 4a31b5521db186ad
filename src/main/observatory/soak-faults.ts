import type { Random } from '#platform';

/** One thing that goes wrong in a night of trial. Instants are UTC ms. */
export type Trouble =
  | {
      readonly kind: 'fault';
      readonly device: string;
      readonly name: string;
      readonly fromMs: number;
      readonly untilMs: number;
    }
  /** An agent's process dies and is started again, or stands still and goes on. */
  | {
      readonly kind: 'kill' | 'suspend';
      readonly agent: string;
      readonly fromMs: number;
      readonly untilMs: number;
    }
  /** Values of the PLC that are set and then taken back. */
  | {
      readonly kind: 'plc';
      readonly what: string;
      readonly values: readonly PlcValueOf[];
      readonly fromMs: number;
      readonly untilMs: number;
    };

export interface PlcValueOf {
  readonly device: string;
  readonly name: string;
  readonly value: number | string;
}

/** Where troubles may be drawn from: the devices with their faults, and the agents. */
export interface TroubleSupply {
  readonly faults: readonly { readonly device: string; readonly name: string }[];
  readonly agents: readonly string[];
  readonly fromMs: number;
  readonly untilMs: number;
}

const SITE = 'OBSERVATORY';
const STATIONS = ['WXT520', 'VantagePro'];
const both = (name: string, value: number): PlcValueOf[] =>
  STATIONS.map((device) => ({ device, name, value }));

/** What the sky, the site and people do. */
const PLC_TROUBLES: readonly { what: string; values: readonly PlcValueOf[] }[] = [
  { what: 'rain', values: both('RainRate', 6) },
  { what: 'wind', values: both('WindSpeed', 22) },
  { what: 'damp air', values: both('OutsideHumidity', 97) },
  { what: 'clouds', values: [{ device: 'MLX90614-1', name: 'SkyTemperature', value: 9 }] },
  {
    what: 'rain seen by one station',
    values: [{ device: 'VantagePro', name: 'RainRate', value: 3 }],
  },
  { what: 'mains lost', values: [{ device: SITE, name: 'Ups', value: 'battery' }] },
  { what: 'battery low', values: [{ device: SITE, name: 'Ups', value: 'low' }] },
  { what: 'key on manual', values: [{ device: SITE, name: 'Mode', value: 'manu' }] },
  { what: 'key off', values: [{ device: SITE, name: 'Mode', value: 'off' }] },
];

/** Troubles last so long, seconds. */
const SHORTEST = 20;
const LONGEST = 900;
/** How many troubles of each sort a night may have. */
const MOST = { faults: 6, agents: 3, plc: 2 } as const;

/**
 * The troubles of one night, as its random decides: each night has another handful of those that there
 * are, so that rare pairs meet in the end (swarm testing).
 */
export function drawTroubles(random: Random, supply: TroubleSupply): readonly Trouble[] {
  const faults = some(random, supply.faults, MOST.faults).map(
    (fault): Trouble => ({ kind: 'fault', ...fault, ...spell(random, supply) }),
  );
  const agents = some(random, supply.agents, MOST.agents).map((agent): Trouble => {
    const isKill = random.next() < 0.6;
    const { fromMs, untilMs } = spell(random, supply);
    const restartedMs = fromMs + 1000 * (2 + random.integer(6));
    return {
      kind: isKill ? 'kill' : 'suspend',
      agent,
      fromMs,
      untilMs: isKill ? restartedMs : Math.min(untilMs, fromMs + 90_000),
    };
  });
  const plc = some(random, PLC_TROUBLES, MOST.plc).map(
    (trouble): Trouble => ({ kind: 'plc', ...trouble, ...spell(random, supply) }),
  );
  return [...faults, ...agents, ...plc].sort((a, b) => a.fromMs - b.fromMs);
}

/** One line for people. */
export function troubleSentence(trouble: Trouble): string {
  const from = new Date(trouble.fromMs).toISOString().slice(11, 19);
  const seconds = Math.round((trouble.untilMs - trouble.fromMs) / 1000);
  const what = {
    fault: () =>
      `${'device' in trouble ? trouble.device : ''} ${'name' in trouble ? trouble.name : ''}`,
    kill: () => `${'agent' in trouble ? trouble.agent : ''} is killed`,
    suspend: () => `${'agent' in trouble ? trouble.agent : ''} stands still`,
    plc: () => ('what' in trouble ? trouble.what : ''),
  }[trouble.kind]();
  return `${from} ${what}, ${seconds} s`;
}

/** Up to `most` different ones. */
function some<T>(random: Random, from: readonly T[], most: number): T[] {
  const left = [...from];
  const count = Math.min(left.length, random.integer(most + 1));
  return Array.from({ length: count }, () => left.splice(random.integer(left.length), 1)).flat();
}

function spell(random: Random, { fromMs, untilMs }: TroubleSupply) {
  const seconds = SHORTEST + random.next() ** 2 * (LONGEST - SHORTEST);
  const startMs = fromMs + random.next() * Math.max(0, untilMs - fromMs - seconds * 1000);
  return { fromMs: Math.round(startMs), untilMs: Math.round(startMs + seconds * 1000) };
}
