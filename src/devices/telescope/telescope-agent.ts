import { hostname } from 'node:os';
import {
  type AgentContext,
  AgentDevice,
  type DeviceOrder,
  type Effect,
  lastFact,
  type ReadBack,
  type Run,
} from '#agent';
import { codeOf, PyrosError, sentenceOf } from '#platform';
import { type MountOrder, readMountOrder } from './mount-order.ts';
import type { Pointing, Telescope, TelescopeMotion, TelescopeStatus } from './telescope.ts';
import { noteAnswer, noteRequest, writeTelescope } from './telescope-agent-store.ts';

/** How often the mount is read, seconds. */
const READ_SECONDS = 6;
/** How often a motion is looked at, and how long the longest may last, seconds. */
const LOOK_SECONDS = 0.5;
const MOTION_SECONDS = 600;
/** A mount that tracks so near to where it was sent has arrived, degrees. */
const ARRIVED_DEG = 0.05;
/** Modes of the observatory in which the observer has the mount: to observe, calibrate or park it. */
const OBSERVING: readonly string[] = ['SCHED_READY', 'SCHED_CLOSING', 'STANDBY'];
const MOVING: readonly TelescopeMotion[] = ['slewing', 'parking', 'homing'];

/**
 * The agent of a mount: writes to `agent_telescope` what the mount says, and lets people and
 * agents move it by typed commands, and experts speak its own language, while the observer does not.
 */
export class TelescopeAgent extends AgentDevice {
  protected readonly routineSeconds = READ_SECONDS;
  protected readonly device = 'telescope';
  readonly #telescope: Telescope;

  constructor(context: AgentContext, parts: { readonly telescope: Telescope }) {
    super(context);
    this.#telescope = parts.telescope;
  }

  protected override async readDevice(): Promise<void> {
    const status = await this.#telescope.status();
    await this.#write(status);
  }

  protected override async loseDevice(): Promise<void> {
    await this.#write(null);
  }

  protected override async perform(order: DeviceOrder, key: string, run: Run): Promise<string> {
    const reading = readMountOrder(order);
    if (!reading.ok) throw new PyrosError('COMMAND_PAYLOAD', reading.error);
    const mount = reading.order;
    if (mount.kind === 'get') return asText(mount.what, await this.#telescope.status());
    if (mount.kind !== 'stop') await this.#mayMove();
    const request = [order.action, ...order.words].join(' ');
    return await this.#noted(request, () => this.effects.once(key, this.#effectOf(mount, run)));
  }

  protected override async end(): Promise<void> {
    await this.#telescope.close();
  }

  /** The observer moves the mount when the observatory observes: two masters would fight. */
  async #mayMove(): Promise<void> {
    const mode = (await lastFact(this.database, 'ModeChanged'))?.payload.to ?? 'STARTING';
    if (!OBSERVING.includes(mode)) return;
    throw new PyrosError(
      'MOUNT_IN_USE',
      `The observatory is in ${mode}: the observer has the mount.`,
      {
        remedy: 'Ask for the remote mode: ./pyros observatory remote.',
      },
    );
  }

  #effectOf(order: Exclude<MountOrder, { kind: 'get' }>, run: Run): Effect {
    const telescope = this.#telescope;
    if (order.kind === 'stop') {
      return {
        send: () => telescope.stop(),
        readBack: () => this.#settled(run, (motion) => motion === 'stopped' || motion === 'parked'),
      };
    }
    if (order.kind === 'native') return nativeEffect(telescope, order.request);
    if (order.kind === 'home') {
      return {
        send: () => telescope.home(),
        readBack: () => this.#settled(run, (motion, { homed }) => motion === 'stopped' && homed),
      };
    }
    if (order.kind === 'park') {
      return {
        send: () => telescope.park(),
        readBack: () => this.#settled(run, (motion) => motion === 'parked'),
      };
    }
    const { target } = order;
    return {
      send: () => telescope.goto(target),
      readBack: () =>
        this.#settled(run, (motion, status) => motion === 'tracking' && isNear(status, target)),
    };
  }

  /** Waits for the end of the motion; then it is where it should be, or it is not. */
  async #settled(
    { signal, progress }: Run,
    isDone: (motion: TelescopeMotion, status: TelescopeStatus) => boolean,
  ): Promise<ReadBack> {
    const endMs = this.clock.monotonic() + this.clock.allow(MOTION_SECONDS) * 1000;
    for (;;) {
      const status = await this.#telescope.status();
      const { motion } = status;
      if (isDone(motion, status)) return { kind: 'done', result: asText('status', status) };
      if (motion === 'unknown' || motion === 'fault') {
        return { kind: 'unknown', why: `the mount says "${motion}"` };
      }
      if (!MOVING.includes(motion)) return { kind: 'not-done' };
      if (this.clock.monotonic() > endMs) return { kind: 'unknown', why: 'it never stops moving' };
      await progress(asText('status', status));
      await this.#sleepOrStop(signal);
    }
  }

  /** Who aborts the command wants the mount to stand still; who stops the agent leaves it to the next life. */
  async #sleepOrStop(signal: AbortSignal): Promise<void> {
    try {
      await this.clock.sleep(this.clock.period(LOOK_SECONDS), signal);
    } catch (error) {
      if (codeOf(signal.reason) !== 'AGENT_STOPPED') await this.#telescope.stop();
      throw error;
    }
  }

  async #noted(request: string, work: () => Promise<string>): Promise<string> {
    const { name: agent, clock } = this;
    const id = await this.transact((transaction) =>
      noteRequest(transaction, { agent, request, atMs: clock.now() }),
    );
    const note = (answer: string) =>
      this.transact((transaction) => noteAnswer(transaction, { id, answer, atMs: clock.now() }));
    try {
      const answer = await work();
      await note(answer);
      return answer;
    } catch (error) {
      await note(sentenceOf(error));
      throw error;
    }
  }

  async #write(status: TelescopeStatus | null): Promise<void> {
    const { host = hostname() } = this.context;
    const agent = { name: this.name, host, nowMs: this.clock.now() };
    await this.transact((transaction) => writeTelescope(transaction, agent, status));
  }
}

/** What was said in the mount's own language cannot be read back: without an answer nobody can tell. */
function nativeEffect(telescope: Telescope, request: string): Effect {
  let answer: string | undefined;
  return {
    send: async () => {
      answer = await telescope.native(request);
    },
    readBack: async () =>
      answer === undefined
        ? { kind: 'unknown', why: 'what the mount did cannot be asked' }
        : { kind: 'done', result: answer },
  };
}

/** On the sphere, by the cosine of the separation. */
function isNear(here: Pointing, there: Pointing): boolean {
  const rad = Math.PI / 180;
  const cosine =
    Math.sin(here.decDeg * rad) * Math.sin(there.decDeg * rad) +
    Math.cos(here.decDeg * rad) *
      Math.cos(there.decDeg * rad) *
      Math.cos((here.raDeg - there.raDeg) * rad);
  return cosine >= Math.cos(ARRIVED_DEG * rad);
}

function asText(what: 'motion' | 'coordinates' | 'status', status: TelescopeStatus): string {
  const coordinates = `${status.raDeg.toFixed(5)} ${status.decDeg.toFixed(5)}`;
  if (what === 'motion') return status.motion;
  return what === 'coordinates' ? coordinates : `${status.motion} ${coordinates}`;
}
