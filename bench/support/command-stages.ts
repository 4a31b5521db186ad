import { stolenMs } from './machine.ts';
import { type Quantiles, quantilesOf } from './quantiles.ts';
import type { SenderCrew } from './sender-crew.ts';

export const MOST_SENDERS = 8;
/** Enough that each wake-up of the recipient finds several; few enough that none waits for long. */
export const SEVERAL = 16;
const WARM_UP = 100;

export interface Stage {
  readonly name: string;
  readonly text: string;
  readonly result: string;
  readonly senders: number;
  readonly inFlight: number;
  /** For its rate: as many commands as the time allows. */
  readonly isRate: boolean;
}

export interface Figures extends Quantiles {
  readonly perSecond: number;
  readonly commands: number;
  readonly stolenMs: number;
}

export type Stages = Readonly<Record<string, Figures>>;

const evaluate = { text: 'eval 2+2', result: '4' };
export const COMMON: readonly Stage[] = [
  { name: '1 sender', ...evaluate, senders: 1, inFlight: 1, isRate: false },
  { name: `1 sender × ${SEVERAL}`, ...evaluate, senders: 1, inFlight: SEVERAL, isRate: true },
  { name: '8 senders', ...evaluate, senders: MOST_SENDERS, inFlight: 1, isRate: true },
  {
    name: `8 senders × ${SEVERAL}`,
    ...evaluate,
    senders: MOST_SENDERS,
    inFlight: SEVERAL,
    isRate: true,
  },
];
export const SPECIFIC: Stage = {
  name: '1 sender, specific0',
  text: 'specific0',
  result: 'done',
  senders: 1,
  inFlight: 1,
  isRate: false,
};

/** Runs one stage after the other, each for so many seconds at most. */
export async function runStages(
  crew: SenderCrew,
  stages: readonly Stage[],
  { commands, seconds }: { commands: number; seconds: number },
): Promise<Stages> {
  await crew.run(1, { ...evaluate, inFlight: 1, commands: WARM_UP, seconds });
  const rows: [string, Figures][] = [];
  for (const { name, senders, isRate, ...what } of stages) {
    const stolenBefore = stolenMs();
    const most = isRate ? Number.MAX_SAFE_INTEGER : commands;
    const { latenciesMs, perSecond } = await crew.run(senders, {
      ...what,
      commands: most,
      seconds,
    });
    const figures = {
      ...quantilesOf(latenciesMs, 2),
      perSecond: Math.round(perSecond),
      commands: latenciesMs.length,
      stolenMs: stolenMs() - stolenBefore,
    };
    rows.push([name, figures]);
    console.error(`  ${name}: p95 ${figures.p95} ms, ${figures.perSecond} commands/s`);
  }
  return Object.fromEntries(rows);
}
