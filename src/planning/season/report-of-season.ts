import { weightOf } from '../weight.ts';
import type { NightOutcome, Observation, SeasonBooks } from './night-run.ts';
import { nothing, uses } from './night-time.ts';
import {
  alertProgram,
  countryAccount,
  programAccount,
  type SeasonInput,
  type SeasonProgram,
  type SeasonSequence,
} from './season.ts';
import type { SeasonNight } from './season-night.ts';
import {
  jainIndex,
  type NightReport,
  type ProgramReport,
  type SeasonReport,
} from './season-report.ts';
import { darkArc, middleOfSight, sightTable } from './sight.ts';

/** A night and what came of it. */
export interface SeasonNightOutcome {
  readonly night: SeasonNight;
  readonly outcome: NightOutcome;
}

/** The report of the nights that were simulated, of so many in all. */
export function reportOf(
  books: SeasonBooks,
  outcomes: readonly SeasonNightOutcome[],
  nightsInAll: number,
): SeasonReport {
  const { input, accounts } = books;
  const observations = outcomes.flatMap(({ outcome }) => outcome.done);
  const untilMs = outcomes.at(-1)?.night.endMs ?? 0;
  const programs = programReports(books, observations, untilMs);
  const served = programs.flatMap((each) => (each.served === null ? [] : [each.served]));
  return {
    fromNight: input.fromNight,
    untilNight: input.untilNight,
    nightsInAll,
    isPartial: outcomes.length < nightsInAll,
    programs,
    countries: input.countries.map(({ name, quotaSeconds }) => ({
      name,
      quotaSeconds,
      chargedSeconds: accounts.chargedSeconds(countryAccount(name)),
    })),
    total: totalOf(input.sequences, outcomes, observations),
    fairness: jainIndex(served),
    alerts: books.alerts.report(visibleIn(input, outcomes)),
    nights: outcomes.map(nightReport),
    observations,
  };
}

function totalOf(
  sequences: readonly SeasonSequence[],
  outcomes: readonly SeasonNightOutcome[],
  observations: readonly Observation[],
): SeasonReport['total'] {
  const sum = (of: (outcome: NightOutcome) => number): number =>
    outcomes.reduce((total, { outcome }) => total + of(outcome), 0);
  const timeMs = nothing();
  for (const use of uses) timeMs[use] = sum(({ time }) => time[use]);
  return {
    darkMs: outcomes.reduce((total, { night }) => total + night.endMs - night.startMs, 0),
    timeMs,
    asked: sequences.length,
    askedSeconds: sequences.reduce((total, each) => total + each.chargeSeconds, 0),
    done: observations.length,
    failures: sum(({ failures }) => failures),
    interruptions: sum(({ interruptions }) => interruptions),
    plans: sum(({ plans }) => plans),
    value: worthOf(sequences, observations),
  };
}

function worthOf(
  sequences: readonly SeasonSequence[],
  observations: readonly Observation[],
): number {
  const weights = new Map(sequences.map(({ id, priority }) => [id, weightOf(priority)]));
  return observations.reduce(
    (sum, { sequenceId, startMs, endMs }) =>
      sum + ((weights.get(sequenceId) ?? 0) * (endMs - startMs)) / 60_000,
    0,
  );
}

/** One line for each program, and one for the alerts when any came. */
function programReports(
  { input, accounts, alerts }: SeasonBooks,
  observations: readonly Observation[],
  untilMs: number,
): ProgramReport[] {
  const asked = Map.groupBy(input.sequences, ({ program }) => program);
  const observed = Map.groupBy(observations, ({ program }) => program);
  const done = new Set(observations.map(({ sequenceId }) => sequenceId));
  const lineOf = (program: SeasonProgram, sequences: readonly SeasonSequence[]): ProgramReport => {
    const own = observed.get(program.name) ?? [];
    const chargedSeconds = accounts.chargedSeconds(programAccount(program.name));
    const { name, country = null, quotaSeconds } = program;
    return {
      name,
      country,
      asked: sequences.length,
      askedSeconds: sequences.reduce((sum, each) => sum + each.chargeSeconds, 0),
      quotaSeconds,
      done: own.length,
      observedSeconds: own.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0) / 1000,
      chargedSeconds,
      served: quotaSeconds ? chargedSeconds / quotaSeconds : null,
      expired: sequences.filter(({ id, windowEndMs }) => windowEndMs <= untilMs && !done.has(id))
        .length,
    };
  };
  const came = alerts.arrived();
  const lines = input.programs.map((program) => lineOf(program, asked.get(program.name) ?? []));
  if (came.length === 0) return lines;
  return [...lines, lineOf({ name: alertProgram, quotaSeconds: null }, came)];
}

function nightReport({ night, outcome }: SeasonNightOutcome): NightReport {
  return {
    night: night.night,
    darkMs: night.endMs - night.startMs,
    timeMs: outcome.time,
    done: outcome.done.length,
    seeingArcsec: night.seeingArcsec,
    plans: outcome.plans,
  };
}

/** Whether a sequence was up in the dark of one of the nights, the weather aside. */
function visibleIn(
  { constraints }: SeasonInput,
  outcomes: readonly SeasonNightOutcome[],
): (sequence: SeasonSequence) => boolean {
  const darks = outcomes.map(({ night }) => darkArc(constraints.site, night));
  return (sequence) => {
    const sight = sightTable([sequence], constraints, sequence.windowStartMs);
    return darks.some((dark) => !Number.isNaN(middleOfSight(sight, 0, dark)));
  };
}
