import { sentenceOf } from '#platform';
import { normalizeDeg } from '#sky';
import type { DomeSpec } from '#unit';
import type { Dome, DomeStatus, ShutterState } from '../dome/dome.ts';
import { refuseUnless } from '../refusal.ts';
import type { IndiDriverDeps } from './driver-deps.ts';
import { IndiDevice, setNumbers, switchOn } from './indi-device.ts';
import { nativeAnswer } from './native-answer.ts';
import { shutDownSeconds } from './shut-down-seconds.ts';

const SHUTTER = 'DOME_SHUTTER';
const AZIMUTH = 'ABS_DOME_POSITION';
const CLOSE = switchOn('SHUTTER_CLOSE');
/** How often it is told again to close, until it is seen closed. */
const INSIST_SECONDS = 2;
const LOOK_SECONDS = 0.25;

/**
 * A dome behind INDI, which knows no permit: the dead-man is here. Without a valid permit the shutter
 * is told to close, again and again until its driver says that it is closed, whether the driver answers
 * or not; so also when this process starts, and before it ends. A dome with `control: read-only` is
 * watched and told nothing.
 */
export class IndiDome implements Dome {
  readonly #spec: DomeSpec;
  readonly #deps: IndiDriverDeps;
  readonly #dome: IndiDevice;
  readonly #stop = new AbortController();
  /** By the monotonic clock, ms. */
  #permitUntilMs: number;
  #wish: 'open' | 'closed' = 'closed';
  #insistedMs = Number.NEGATIVE_INFINITY;
  /** Since when it says that it is closing; null when it does not. */
  #closingSinceMs: number | null = null;
  #isEnding = false;

  constructor(name: string, spec: DomeSpec, deps: IndiDriverDeps) {
    this.#spec = spec;
    this.#deps = deps;
    this.#permitUntilMs = deps.clock.monotonic();
    this.#dome = new IndiDevice({
      client: deps.client,
      name,
      log: deps.log,
      needs: [SHUTTER, AZIMUTH],
      setUp: (dome) => this.#setUp(dome),
      rescue: { property: SHUTTER, order: CLOSE },
    });
    if (spec.control === 'full') void this.#watch();
  }

  async status(): Promise<DomeStatus> {
    await this.#dome.alive();
    return {
      shutter: this.#shutter(),
      azimuthDeg: normalizeDeg(this.#dome.number(AZIMUTH, 'DOME_ABSOLUTE_POSITION') ?? 0),
      rotating: this.#dome.isBusy(AZIMUTH),
      homing: false,
      permitSeconds: this.#permitSeconds(),
      atMs: this.#deps.clock.now(),
    };
  }

  async open(): Promise<void> {
    const sentence = 'The shutter opens only under a permit, and none is valid now.';
    refuseUnless(!this.#isEnding, this.#spec.alias, 'Its process is ending: it closes.');
    refuseUnless(this.#permitSeconds() > 0, this.#spec.alias, sentence);
    await this.#dome.ready();
    if (this.#wish === 'open' && this.#shutter() === 'open') return;
    this.#wish = 'open';
    try {
      await this.#dome.order(SHUTTER, switchOn('SHUTTER_OPEN'));
    } catch (error) {
      // Nobody knows whether it opens: then it shall not.
      this.#shut();
      throw error;
    }
    // The permit may have run out, or our end begun, while the driver took its time.
    if (this.#permitSeconds() === 0 || this.#isEnding) this.#shut();
  }

  async close(): Promise<void> {
    this.#shut();
    await this.#dome.ready();
    if (this.#shutter() === 'closed' || this.#shutter() === 'closing') return;
    await this.#dome.order(SHUTTER, CLOSE);
  }

  async permit(seconds: number): Promise<void> {
    const longest = this.#deps.clock.allow(this.#spec.permitSeconds);
    const sentence = `A permit lasts between 0 and ${longest} seconds.`;
    refuseUnless(seconds >= 0 && seconds <= longest, this.#spec.alias, sentence);
    this.#permitUntilMs = this.#deps.clock.monotonic() + seconds * 1000;
    if (seconds === 0) await this.close();
  }

  async turn(azimuthDeg: number): Promise<void> {
    const isAzimuth = azimuthDeg >= 0 && azimuthDeg < 360;
    refuseUnless(isAzimuth, this.#spec.alias, 'An azimuth lies in [0, 360[ degrees.');
    await this.#dome.ready();
    const from = this.#dome.number(AZIMUTH, 'DOME_ABSOLUTE_POSITION') ?? 0;
    // Some drivers say no word about an order to stay where they are.
    if (Math.abs(from - azimuthDeg) < 0.01 && !this.#dome.isBusy(AZIMUTH)) return;
    await this.#dome.order(AZIMUTH, setNumbers({ DOME_ABSOLUTE_POSITION: azimuthDeg }), 'fresh');
  }

  async home(): Promise<void> {
    await this.#dome.ready();
    const isPossible = this.#dome.has('DOME_HOME');
    refuseUnless(isPossible, this.#spec.alias, 'This dome has no reference mark to look for.');
    await this.#dome.order('DOME_HOME', switchOn('DOME_FIND'), 'fresh');
  }

  native(request: string): Promise<string> {
    const isOpening = request.includes(SHUTTER) && request.includes('=');
    refuseUnless(!isOpening, this.#spec.alias, 'The shutter has orders of its own.');
    return nativeAnswer([this.#dome], request);
  }

  async disconnect(): Promise<void> {
    this.#stop.abort();
    this.#deps.client.stop();
  }

  /**
   * For the end of this process, after which nobody would close: closes, waits until the driver shows
   * a closed shutter, for its travel and some seconds at most, and disconnects. Never rejects.
   */
  async shutDown(): Promise<void> {
    const { client, log } = this.#deps;
    this.#isEnding = true;
    if (this.#spec.control === 'full') {
      this.#shut();
      const isClosed = () => this.#dome.isReady && this.#shutter() === 'closed';
      const seconds = shutDownSeconds(this.#spec);
      const isProved = await client.until(isClosed, seconds);
      log(isProved ? 'The shutter is closed: this process ends.' : NOT_PROVED);
    }
    await this.disconnect();
  }

  /** A parked dome does not move, and a slaved one moves by itself. */
  async #setUp(dome: IndiDevice): Promise<void> {
    if (this.#spec.control !== 'full') return;
    if (dome.has('DOME_AUTOSYNC') && !dome.isOn('DOME_AUTOSYNC', 'DOME_AUTOSYNC_DISABLE')) {
      await dome.put('DOME_AUTOSYNC', switchOn('DOME_AUTOSYNC_DISABLE'));
    }
    if (!dome.isOn('DOME_PARK', 'PARK')) return;
    await keepShutOnUnpark(dome);
    await dome.put('DOME_PARK', switchOn('UNPARK'), 'fresh');
  }

  /** Never throws: who is not connected is told as soon as it is. */
  #shut(): void {
    this.#wish = 'closed';
    this.#insistedMs = Number.NEGATIVE_INFINITY;
    this.#insist();
  }

  #permitSeconds(): number {
    return Math.max(0, (this.#permitUntilMs - this.#deps.clock.monotonic()) / 1000);
  }

  async #watch(): Promise<void> {
    const { clock, log } = this.#deps;
    while (!this.#stop.signal.aborted) {
      if (this.#wish === 'open' && this.#permitSeconds() === 0) {
        log('The permit ran out: the shutter closes by itself.');
        this.#shut();
      } else if (this.#wish === 'closed') this.#insist();
      await clock.sleep(clock.period(LOOK_SECONDS), this.#stop.signal).catch(() => undefined);
    }
  }

  /** Says it again until the driver shows a closed shutter; also to a driver that does not answer. */
  #insist(): void {
    const nowMs = this.#deps.clock.monotonic();
    if (this.#isProved(nowMs) || nowMs - this.#insistedMs < INSIST_SECONDS * 1000) return;
    this.#insistedMs = nowMs;
    try {
      if (this.#dome.has(SHUTTER)) this.#dome.insist(SHUTTER, CLOSE);
    } catch (error) {
      this.#deps.log(`The shutter could not be told to close: ${sentenceOf(error)}`);
    }
  }

  /** It is closed, or on its way for no longer than that takes. */
  #isProved(nowMs: number): boolean {
    const shutter = this.#dome.isReady ? this.#shutter() : 'unknown';
    this.#closingSinceMs = shutter === 'closing' ? (this.#closingSinceMs ?? nowMs) : null;
    if (this.#closingSinceMs === null) return shutter === 'closed';
    return nowMs - this.#closingSinceMs < shutDownSeconds(this.#spec) * 1000;
  }

  /** INDI has no limit switches: a state and the direction last taken must do. */
  #shutter(): ShutterState {
    const dome = this.#dome;
    if (dome.isAlert(SHUTTER)) return 'unknown';
    const isBusy = dome.isBusy(SHUTTER);
    if (dome.isOn(SHUTTER, 'SHUTTER_OPEN')) return isBusy ? 'opening' : 'open';
    if (dome.isOn(SHUTTER, 'SHUTTER_CLOSE')) return isBusy ? 'closing' : 'closed';
    return 'unknown';
  }
}

const PARK_POLICY = 'DOME_SHUTTER_PARK_POLICY';
const OPEN_ON_UNPARK = 'SHUTTER_OPEN_ON_UNPARK';
/** Drivers define this property right after those that are waited for, if they have it. */
const POLICY_SECONDS = 1;

/** A driver may be set to open its shutter as it is unparked, permit or not. */
async function keepShutOnUnpark(dome: IndiDevice): Promise<void> {
  await dome.until(() => dome.has(PARK_POLICY), POLICY_SECONDS);
  if (!dome.isOn(PARK_POLICY, OPEN_ON_UNPARK)) return;
  await dome.put(PARK_POLICY, { kind: 'switch', values: { [OPEN_ON_UNPARK]: false } });
}

const NOT_PROVED = 'This process ends, and nobody knows whether the shutter is closed.';
