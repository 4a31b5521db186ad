import { z } from 'zod';
import { parseIso } from '#platform';
import type { Transient } from './transient.ts';

/** When an event takes place: at an instant (UTC ms), or from the n-th STATUS answer on. */
export type ScenarioTime = { readonly atMs: number } | { readonly iteration: number };

/** From then on this value of a PLC device is overridden, until it is changed again. */
export interface PlcEvent {
  readonly when: ScenarioTime;
  readonly device: string;
  readonly value: { readonly name: string; readonly value: number | string };
}

/** For the simulator of alerts, which knows what it means. */
export interface AlertEvent {
  readonly when: ScenarioTime;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** A fault of a simulator, by its name and that of the simulator. */
export interface FaultEvent {
  readonly when: ScenarioTime;
  readonly device: string;
  readonly name: string;
  readonly amount?: number;
  /** When it goes; it stays when not said. */
  readonly until?: ScenarioTime;
}

/** What simulators shall make happen. */
export interface Scenario {
  /** The guide's first element: how many iterations the scenario spans. */
  readonly iterations: number;
  readonly plc: readonly PlcEvent[];
  readonly alerts: readonly AlertEvent[];
  readonly transients: readonly Transient[];
  readonly faults: readonly FaultEvent[];
}

export type ParsedScenario =
  | { readonly ok: true; readonly scenario: Scenario }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Nothing happens. */
export const EMPTY_SCENARIO: Scenario = {
  iterations: 0,
  plc: [],
  alerts: [],
  transients: [],
  faults: [],
};

const instant = z.string().transform((text, context) => {
  try {
    return parseIso(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'not an ISO-8601 instant' });
    return z.NEVER;
  }
});

const eventSchema = z
  .strictObject({
    time: z.int().min(1).optional(),
    at: instant.optional(),
    plcSimulator: z
      .strictObject({
        device_name: z.string(),
        value_name: z.string(),
        value: z.union([z.number(), z.string()]),
      })
      .optional(),
    alertSimulator: z.record(z.string(), z.unknown()).optional(),
    sky: z
      .strictObject({
        transient: z.strictObject({
          raDeg: z.number().min(0).lt(360),
          decDeg: z.number().min(-90).max(90),
          eventAt: instant,
          magnitudeAtMinute: z.number(),
          decayIndex: z.number(),
        }),
      })
      .optional(),
    fault: z
      .strictObject({
        device: z.string(),
        name: z.string(),
        amount: z.number().min(0).exactOptional(),
        until: instant.optional(),
        iterations: z.int().min(1).optional(),
      })
      .optional(),
  })
  .superRefine((event, context) => {
    const problem = eventProblem(event);
    if (problem) context.addIssue({ code: 'custom', message: problem });
  });

type RawEvent = z.infer<typeof eventSchema>;

const scenarioSchema = z.tuple([z.int().min(0)], eventSchema);

/**
 * Reads a scenario: the guide's JSON list, a number and then its events. An event has `time` (from
 * the n-th STATUS answer on) or `at` (ISO-8601 UTC), and what an actor shall do: `plcSimulator`,
 * `alertSimulator`, `sky`, `fault`. A `sky` event may have neither: its source appears at its `eventAt`.
 */
export function parseScenario(json: unknown): ParsedScenario {
  const result = scenarioSchema.safeParse(json);
  if (result.success) {
    const [iterations, ...events] = result.data;
    return { ok: true, scenario: scenarioOf(iterations, events) };
  }
  const problems = result.error.issues.map(
    ({ path, message }) => `${path.map(String).join('.') || 'scenario'}: ${message}`,
  );
  return { ok: false, problems };
}

function scenarioOf(iterations: number, events: readonly RawEvent[]): Scenario {
  return {
    iterations,
    plc: events.flatMap((event) => plcEvent(event)),
    alerts: events.flatMap((event) =>
      event.alertSimulator ? [{ when: timeOf(event), payload: event.alertSimulator }] : [],
    ),
    transients: events.flatMap((event) => transientOf(event)),
    faults: events.flatMap((event) => faultOf(event)),
  };
}

function plcEvent(event: RawEvent): PlcEvent[] {
  if (!event.plcSimulator) return [];
  const { device_name: device, value_name: name, value } = event.plcSimulator;
  return [{ when: timeOf(event), device, value: { name, value } }];
}

function transientOf({ sky, at }: RawEvent): Transient[] {
  if (!sky) return [];
  const { eventAt, ...source } = sky.transient;
  return [{ ...source, eventMs: eventAt, visibleFromMs: Math.max(eventAt, at ?? eventAt) }];
}

function faultOf(event: RawEvent): FaultEvent[] {
  if (!event.fault) return [];
  const { until, iterations, ...fault } = event.fault;
  const when = timeOf(event);
  if (until !== undefined) return [{ when, ...fault, until: { atMs: until } }];
  if (iterations === undefined || 'atMs' in when) return [{ when, ...fault }];
  return [{ when, ...fault, until: { iteration: when.iteration + iterations } }];
}

function timeOf({ time, at }: RawEvent): ScenarioTime {
  return at === undefined ? { iteration: time ?? 1 } : { atMs: at };
}

function eventProblem(event: RawEvent): string | undefined {
  const { time, at, plcSimulator, alertSimulator, sky, fault } = event;
  if (!plcSimulator && !alertSimulator && !sky && !fault) {
    return 'needs one of plcSimulator, alertSimulator, sky, fault';
  }
  if (time !== undefined && at !== undefined) return 'has both time and at: keep one';
  if (sky && time !== undefined) return 'sky knows no iterations: use at instead of time';
  const timed = time !== undefined || at !== undefined;
  if (!timed && (plcSimulator || alertSimulator || fault)) return 'needs time or at';
  return fault ? faultProblem(fault, { time, at }) : undefined;
}

function faultProblem(
  { until, iterations }: NonNullable<RawEvent['fault']>,
  { time, at }: Pick<RawEvent, 'time' | 'at'>,
): string | undefined {
  if (until !== undefined && iterations !== undefined)
    return 'has both until and iterations: keep one';
  if (iterations !== undefined && time === undefined) return 'iterations are counted from a time';
  return until !== undefined && at !== undefined && until <= at
    ? 'ends before it begins'
    : undefined;
}
