import { type Figures, MOST_SENDERS, SEVERAL, type Stages } from './command-stages.ts';
import type { Engine } from './command-unit.ts';
import type { IdleCost } from './idle-agents.ts';
import { type Machine, machineSentence } from './machine.ts';
import { textTable } from './text-table.ts';

export const GOALS = {
  p95Ms: { sqlite: 30, postgres: 15 } as Partial<Record<Engine, number>>,
  perSecond: 1000,
  idlePercent: 3,
  pssBytes: 110e6,
};

export interface EngineResult {
  readonly engine: Engine;
  readonly machine: { readonly before: Machine; readonly after: Machine };
  readonly stages: Stages;
  readonly recipientPssBytes: number;
  readonly idle: IdleCost;
}

/** Prints the stages, beside those of NATS when there are any. */
export function printStages(title: string, stages: Stages, nats: Stages | null): void {
  const heads = ['eval 2+2', 'p50', 'p95', 'p99', 'commands/s', 'stolen ms'];
  const besideHeads = nats ? ['p50 / NATS', 'rate / NATS'] : [];
  const rows = Object.entries(stages).map(([name, figures]) => {
    const { p50, p95, p99, perSecond, stolenMs } = figures;
    const beside = nats?.[name];
    return [name, p50, p95, p99, perSecond, stolenMs, ...(beside ? ratios(figures, beside) : [])];
  });
  console.log(`\n${title}; milliseconds`);
  console.log(textTable([[...heads, ...besideHeads], ...rows]));
}

function ratios(ours: Figures, nats: Figures): string[] {
  return [
    `${(ours.p50 / nats.p50).toFixed(0)} ×`,
    `1/${(nats.perSecond / ours.perSecond).toFixed(0)}`,
  ];
}

/** Prints what an engine gave, and which goals it reached. */
export function printResult(result: EngineResult, nats: Stages | null): void {
  const { engine, machine, stages, idle } = result;
  printStages(engine, stages, nats);
  const { before, after } = machine;
  console.log(`before: ${machineSentence(before)}; at the end: ${machineSentence(after)}`);
  for (const [text, reached] of goalsOf(result)) {
    console.log(`goal: ${text}: ${reached ? 'reached' : 'NOT reached'}`);
  }
  if (idle.serverPercent > 0) {
    console.log(`the server, while they are idle: ${idle.serverPercent} % of a core`);
  }
}

function goalsOf({ engine, stages, idle, recipientPssBytes }: EngineResult): [string, boolean][] {
  const p95 = stages['1 sender']?.p95 ?? Number.NaN;
  const rate = stages[`${MOST_SENDERS} senders × ${SEVERAL}`]?.perSecond ?? Number.NaN;
  const most = GOALS.p95Ms[engine];
  const goals: [string, boolean][] = [
    [`${MOST_SENDERS} senders ${rate} ≥ ${GOALS.perSecond} commands/s`, rate >= GOALS.perSecond],
    [
      `${idle.agents} idle agents ${idle.agentsPercent} ≤ ${GOALS.idlePercent} % of a core`,
      idle.agentsPercent <= GOALS.idlePercent,
    ],
    ...[
      ['an idle agent', idle.pssBytesEach] as const,
      ['the recipient after all that', recipientPssBytes] as const,
    ].map(([who, bytes]): [string, boolean] => [
      `${who} ${megabytes(bytes)} ≤ ${megabytes(GOALS.pssBytes)} MB`,
      bytes <= GOALS.pssBytes,
    ]),
  ];
  return most ? [[`p95 of 1 sender ${p95} ≤ ${most} ms`, p95 <= most], ...goals] : goals;
}

const megabytes = (bytes: number) => Math.round(bytes / 1e6);
