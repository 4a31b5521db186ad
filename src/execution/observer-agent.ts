import { z } from 'zod';
import {
  type AgentContext,
  AgentService,
  type Command,
  type Fact,
  nothing,
  type Run,
} from '#agent';
import type { Camera, Dome, Focuser, Telescope } from '#devices';
import { type PredictedLimit, predictedLimit } from '#environment';
import { PyrosError, parseIso } from '#platform';
import type { PlcSpec, Unit } from '#unit';
import { DeviceKeeper, type NotedDevice } from './device-keeper.ts';
import { KeptFrames } from './frames/kept-frames.ts';
import { MotionGate } from './frames/motion-gate.ts';
import { takeUpOrphans } from './frames/orphan-keeper.ts';
import { SafetyEar } from './frames/safety-ear.ts';
import type { ObservingSteps } from './observing-steps.ts';
import type { ObservingTools } from './observing-tools.ts';
import { parkTelescope } from './park-telescope.ts';
import { SequenceRunner } from './sequence-runner.ts';

/** What the observer needs beside its context. */
export interface ObserverParts {
  readonly unit: Unit;
  readonly telescope: Telescope;
  readonly dome: Dome;
  readonly cameras: ReadonlyMap<string, Camera>;
  /** By channel; absent: no channel has one. */
  readonly focusers?: ReadonlyMap<string, Focuser>;
  /** What it does beside slewing and exposing; absent: nothing. */
  readonly steps?: ObservingSteps;
  readonly dataFolder: string;
  readonly version: string;
}

const runPayload = z.strictObject({
  sequenceId: z.int().positive(),
  /** What would end later is not begun; absent: all is taken. */
  endAt: z.iso.datetime().optional(),
});

const calibratePayload = z.strictObject({ moment: z.enum(['dusk', 'dawn']) });

/** Statuses are refreshed as often as the guide asks, seconds. */
const STATUS_SECONDS = 6;

/** The observer (EXEC): points the telescope, exposes on all channels, writes the images. */
export class ObserverAgent extends AgentService {
  protected readonly listensTo = ['TargetMoved', 'SafetyChanged'] as const;
  protected readonly routineSeconds = STATUS_SECONDS;
  protected override readonly knows = {
    run_sequence: runPayload,
    park: nothing,
    calibrate: calibratePayload,
  };
  readonly #tools: ObservingTools;
  readonly #steps: ObservingSteps;
  readonly #notes: DeviceKeeper;
  readonly #gate: MotionGate;
  #current: SequenceRunner | null = null;
  /** Ends what is under way when everything must stand still. */
  #freeze = new AbortController();

  constructor(context: AgentContext, parts: ObserverParts) {
    super(context);
    const { focusers = new Map(), steps = {} } = parts;
    const { clock, database } = this;
    const { plc } = parts.unit;
    const { maxAgeSeconds } = plc;
    this.#steps = steps;
    this.#gate = new MotionGate({ ...parts, focusers }, database);
    const { telescope, dome, focusers: gated } = this.#gate;
    this.#tools = {
      ...parts,
      ...{ telescope, dome, focusers: gated },
      predictedLimit: () => this.#comingLimit(plc),
      clock,
      database,
      safety: new SafetyEar({ database, clock, maxAgeSeconds }),
      keptFrames: new KeptFrames(),
      transact: (work) => this.transact(work),
      isStopping: () => this.stopSignal.aborted,
    };
    this.#notes = new DeviceKeeper(this.#tools, notedDevices(this.#tools));
  }

  protected override async prepare(): Promise<void> {
    await takeUpOrphans(this.#tools);
  }

  /** A sequence found running at start goes on with the images that are missing. */
  protected override resumes(command: Command): boolean {
    return command.name === 'run_sequence';
  }

  protected override async execute(command: Command, run: Run): Promise<string> {
    this.#freeze = new AbortController();
    const signal = AbortSignal.any([run.signal, this.#freeze.signal]);
    if (command.name === 'park') return await this.#park(signal);
    if (command.name === 'calibrate') return await this.#calibrate(command, signal);
    const { sequenceId, endAt } = runPayload.parse(command.payload);
    const untilMs = endAt === undefined ? Number.POSITIVE_INFINITY : parseIso(endAt);
    const order = { sequenceId, untilMs, steps: this.#steps };
    const observation = new SequenceRunner(this.#tools, order, signal);
    this.#current = observation;
    try {
      return await observation.run();
    } finally {
      this.#current = null;
    }
  }

  protected override async onFacts(facts: readonly Fact[]): Promise<void> {
    if (facts.some(({ type }) => type === 'SafetyChanged')) await this.#standStill();
    for (const fact of facts) {
      if (fact.type !== 'TargetMoved' || fact.payload.sequenceId !== this.#current?.sequenceId)
        continue;
      const { raDeg, decDeg } = fact.payload;
      this.#current.moveTo({ raDeg, decDeg });
    }
  }

  protected override async routine(): Promise<void> {
    await this.#standStill();
    // The rows age, and their readers say so.
    for (const sentence of await this.#notes.note()) this.log.warn(sentence);
    await this.#steps.routine?.(this.#tools);
  }

  /** Ends what is under way and stops every motion while an alarm demands it (hazard F23). */
  async #standStill(): Promise<void> {
    const why = await this.#gate.why();
    if (why === null) return;
    this.#freeze.abort(new PyrosError('UNSAFE', `Nothing may move: ${why}.`));
    await this.#gate.halt();
  }

  async #calibrate(command: Command, signal: AbortSignal): Promise<string> {
    const { moment } = calibratePayload.parse(command.payload);
    if (!this.#steps.calibrate) return 'nothing is asked for by the unit file';
    return await this.#steps.calibrate(this.#tools, moment, signal);
  }

  /** What is beyond its limit already is for the verdict on safety to judge, with its delays. */
  async #comingLimit(spec: PlcSpec): Promise<PredictedLimit | null> {
    const limit = await predictedLimit(this.database, { spec, nowMs: this.clock.now() });
    return limit && limit.seconds > 0 ? limit : null;
  }

  async #park(signal: AbortSignal): Promise<string> {
    const { telescope, clock, unit } = this.#tools;
    const [mount] = unit.mounts;
    if (!mount) throw new PyrosError('UNIT_INCOMPLETE', 'The unit has no mount.');
    await parkTelescope({ telescope, mount, clock, signal });
    await this.transact((work) => work.fact('TelescopeParked', { by: this.name }));
    return 'parked';
  }
}

function notedDevices({ unit, telescope, cameras, focusers }: ObservingTools): NotedDevice[] {
  const [mount] = unit.mounts;
  const channelOf = (alias: string) => unit.channels.find((one) => one.alias === alias);
  return [
    { name: 'telescope', maintained: mount?.maintained, ask: () => telescope.status() },
    ...[...cameras].map(([alias, camera]) => ({
      name: `camera-${alias}`,
      maintained: channelOf(alias)?.maintained,
      ask: () => camera.status(),
    })),
    ...[...focusers].map(([alias, focuser]) => ({
      name: `focuser-${alias}`,
      maintained: channelOf(alias)?.focuser?.maintained,
      ask: () => focuser.status(),
    })),
  ];
}
