import { z } from 'zod';
import {
  type AgentContext,
  AgentService,
  type Command,
  type Fact,
  nothing,
  type Run,
} from '#agent';
import type { Camera, Dome, Telescope } from '#devices';
import { parseIso, sentenceOf } from '#platform';
import type { Unit } from '#unit';
import { writeDeviceStatus } from './execution-store.ts';
import type { ObservingTools } from './observing-tools.ts';
import { SequenceRunner } from './sequence-runner.ts';
import { waitUntil } from './wait-until.ts';

/** What the observer needs beside its context. */
export interface ObserverParts {
  readonly unit: Unit;
  readonly telescope: Telescope;
  readonly dome: Dome;
  readonly cameras: ReadonlyMap<string, Camera>;
  readonly dataFolder: string;
  readonly version: string;
}

const runPayload = z.strictObject({
  sequenceId: z.int().positive(),
  /** What would end later is not begun; absent: all is taken. */
  endAt: z.iso.datetime().optional(),
});

/** Statuses are refreshed about as often as the guide asks, seconds. */
const STATUS_SECONDS = 6;
const PARK_SECONDS = 300;

/** The observer (EXEC): points the telescope, exposes on all channels, writes the images. */
export class ObserverAgent extends AgentService {
  protected readonly listensTo = ['TargetMoved'] as const;
  protected readonly routineSeconds = STATUS_SECONDS;
  protected override readonly knows = { run_sequence: runPayload, park: nothing };
  readonly #tools: ObservingTools;
  #current: SequenceRunner | null = null;

  constructor(context: AgentContext, parts: ObserverParts) {
    super(context);
    this.#tools = {
      ...parts,
      clock: this.clock,
      database: this.database,
      transact: (work) => this.transact(work),
      isStopping: () => this.stopSignal.aborted,
    };
  }

  /** A sequence found running at start goes on with the images that are missing. */
  protected override resumes(command: Command): boolean {
    return command.name === 'run_sequence';
  }

  protected override async execute(command: Command, { signal }: Run): Promise<string> {
    if (command.name === 'park') return await this.#park(signal);
    const { sequenceId, endAt } = runPayload.parse(command.payload);
    const untilMs = endAt === undefined ? Number.POSITIVE_INFINITY : parseIso(endAt);
    const observation = new SequenceRunner(this.#tools, { sequenceId, untilMs }, signal);
    this.#current = observation;
    try {
      return await observation.run();
    } finally {
      this.#current = null;
    }
  }

  protected override async onFacts(facts: readonly Fact[]): Promise<void> {
    for (const fact of facts) {
      if (fact.type !== 'TargetMoved' || fact.payload.sequenceId !== this.#current?.sequenceId)
        continue;
      const { raDeg, decDeg } = fact.payload;
      this.#current.moveTo({ raDeg, decDeg });
    }
  }

  protected override async routine(): Promise<void> {
    await this.#note('telescope', () => this.#tools.telescope.status());
    for (const [alias, camera] of this.#tools.cameras) {
      await this.#note(`camera-${alias}`, () => camera.status());
    }
  }

  async #note(device: string, ask: () => Promise<{ atMs: number }>): Promise<void> {
    try {
      const status = await ask();
      await this.database.transaction((work) => writeDeviceStatus(work, device, status));
    } catch (error) {
      // The row ages, and its readers say so.
      this.log.warn(`${device}: ${sentenceOf(error)}`);
    }
  }

  async #park(signal: AbortSignal): Promise<string> {
    const { telescope, clock } = this.#tools;
    await telescope.park();
    await waitUntil({
      clock,
      signal,
      timeoutSeconds: PARK_SECONDS,
      what: 'Parking',
      look: async () => {
        const { motion, remainingSeconds } = await telescope.status();
        if (motion === 'parked') return { done: true, value: undefined };
        return { done: false, remainingSeconds };
      },
    });
    await this.transact((work) => work.fact('TelescopeParked', { by: this.name }));
    return 'parked';
  }
}
