import { z } from 'zod';
import { AgentService, type Command, nothing, type Run } from '#agent';
import type { MountSpec } from '#unit';
import { writeDeviceStatus } from '../execution/execution-store.ts';
import { moveStatus } from './execution-requests.ts';
import type { World } from './execution-world.ts';

const runPayload = z.object({ sequenceId: z.int() });

/** An observer without devices: it takes its time, tells what the real one tells, and counts. */
export class FakeObserver extends AgentService {
  protected readonly listensTo = [] as const;
  protected readonly routineSeconds = 6;
  protected override readonly knows = {
    run_sequence: runPayload,
    park: nothing,
    calibrate: z.object({ moment: z.enum(['dusk', 'dawn']) }),
  };
  /** The commands that it began, in order. */
  readonly begun: string[] = [];
  readonly #world: World;
  readonly #seconds: number;
  #motion = 'stopped';

  /** `seconds`: how long a sequence or a calibration takes. */
  constructor(world: World, seconds = 20) {
    super(world.context('Observer'));
    this.#world = world;
    this.#seconds = seconds;
  }

  protected override async execute(command: Command, { signal }: Run): Promise<string> {
    this.begun.push(command.name);
    if (command.name === 'park') return await this.#park(signal);
    this.#motion = 'tracking';
    if (command.name === 'calibrate') return await this.#calibrate(command, signal);
    return await this.#observe(runPayload.parse(command.payload).sequenceId, signal);
  }

  protected override async routine(): Promise<void> {
    const { park } = this.#world.unit.mounts[0] as MountSpec;
    const place = this.#motion === 'parked' ? park : { altDeg: 60, azDeg: 10 };
    const status = { motion: this.#motion, ...place, atMs: this.clock.now() };
    await this.database.transaction((work) => writeDeviceStatus(work, 'telescope', status));
  }

  async #park(signal: AbortSignal): Promise<string> {
    await this.clock.sleep(2, signal);
    this.#motion = 'parked';
    await this.routine();
    await this.transact((work) => work.fact('TelescopeParked', { by: this.name }));
    return 'parked';
  }

  async #observe(sequenceId: number, signal: AbortSignal): Promise<string> {
    const name = `S${sequenceId}`;
    await moveStatus(this.#world, sequenceId, 'EXECUTING');
    const start = { sequenceId, name, program: 'P', target: 'T', isAlert: false };
    await this.transact((work) => work.fact('SequenceStarted', start));
    const outcome = await this.clock.sleep(this.#seconds, signal).then(
      () => 'DONE' as const,
      () => 'FAILED' as const,
    );
    await moveStatus(this.#world, sequenceId, outcome);
    const end = { sequenceId, name, outcome, reason: '', images: 0 };
    await this.transact((work) => work.fact('SequenceEnded', end));
    signal.throwIfAborted();
    return outcome;
  }

  async #calibrate(command: Command, signal: AbortSignal): Promise<string> {
    const { moment } = command.payload as { moment: 'dusk' | 'dawn' };
    const night = 'a test';
    await this.transact((work) => work.fact('CalibrationsStarted', { moment, night }));
    const isEnded = await this.clock.sleep(this.#seconds, signal).then(
      () => true,
      () => false,
    );
    const payload = { moment, night, images: isEnded ? 3 : 0, reason: isEnded ? '' : 'aborted' };
    await this.transact((work) => work.fact('CalibrationsEnded', payload));
    signal.throwIfAborted();
    return 'calibrated';
  }
}
