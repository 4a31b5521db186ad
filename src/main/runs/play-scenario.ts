import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { COMMAND_STATES, ScenarioPlayer, type ScenarioStep, Sender, verdictLine } from '#agent';
import type { Database } from '#db';
import { type Clock, PyrosError, sentenceOf } from '#platform';

const step = z.strictObject({
  to: z.string().min(1),
  command: z.string().min(1),
  state: z.enum(COMMAND_STATES),
  result: z.string().exactOptional(),
  errorCode: z.string().exactOptional(),
  after: z.strictObject({ step: z.int().positive(), progress: z.string() }).exactOptional(),
  leaves: z.boolean().exactOptional(),
});

/**
 * Reads a scenario of commands: config/scenarios/self-test.yaml shows the form.
 *
 * @throws PyrosError `SCENARIO_INVALID` with every fault and its place.
 */
export function readScenario(file: string): readonly ScenarioStep[] {
  let content: unknown;
  try {
    content = parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw invalid(file, sentenceOf(cause), cause);
  }
  const reading = z.array(step).min(1).safeParse(content);
  if (reading.success) return reading.data;
  const faults = reading.error.issues.map(({ path, message }) => {
    const [index, ...rest] = path;
    const place = typeof index === 'number' ? [`step ${index + 1}`, ...rest].join(' ') : 'file';
    return `${place}: ${message}`;
  });
  throw invalid(file, faults.join('; '));
}

function invalid(file: string, fault: string, cause?: unknown): PyrosError {
  return new PyrosError('SCENARIO_INVALID', `The scenario ${file} cannot be played: ${fault}.`, {
    remedy: 'Correct it; config/scenarios/self-test.yaml shows the form.',
    cause,
  });
}

interface Stage {
  readonly database: Database;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly tell: (line: string) => void;
}

/** Plays a scenario in the name of the SuperAgent; gives what did not end as it must. */
export async function playScenario(
  steps: readonly ScenarioStep[],
  { database, clock, signal, tell }: Stage,
): Promise<readonly string[]> {
  const sender = new Sender({ name: 'SuperAgent', database, clock });
  const player = new ScenarioPlayer({
    clock,
    signal,
    tell,
    send: (to, command, options) => sender.send(to, command, options),
  });
  const faults = await player.play(steps);
  for (const fault of faults) tell(fault);
  tell(verdictLine(steps.length, faults));
  return faults;
}
