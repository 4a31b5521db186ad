import { sentenceOf } from '#platform';
import { normalizeDeg } from '#sky';
import type { DomeSpec } from '#unit';
import type { Dome, DomeStatus, ShutterState } from '../dome/dome.ts';
import { refuseUnless } from '../refusal.ts';
import type { IndiDriverDeps } from './driver-deps.ts';
import { IndiDevice, setNumbers, switchOn } from './indi-device.ts';
import { nativeAnswer } from './native-answer.ts';

const SHUTTER = 'DOME_SHUTTER';
const AZIMUTH = 'ABS_DOME_POSITION';
const CLOSE = switchOn('SHUTTER_CLOSE');
/** How often it is told again to close, until it is seen closed. */
const INSIST_SECONDS = 2;
const LOOK_SECONDS = 0.25;

/**
 * A dome behind INDI, which knows no permit: the dead-man is here. Without a valid permit the shutter
 * is told to close, again and again until its driver says that it is closed, whether the driver answers
 * or not; so also when this process starts.
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
    void this.#watch();
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
    // The permit may have run out while the driver took its time.
    if (this.#permitSeconds() === 0) this.#shut();
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

  /** Closes the dome's shutter no more: only for who ends this process. */
  async disconnect(): Promise<void> {
    this.#stop.abort();
    this.#deps.client.stop();
  }

  /** A parked dome does not move, and a slaved one moves by itself. */
  async #setUp(dome: IndiDevice): Promise<void> {
    if (dome.has('DOME_AUTOSYNC') && !dome.isOn('DOME_AUTOSYNC', 'DOME_AUTOSYNC_DISABLE')) {
      await dome.put('DOME_AUTOSYNC', switchOn('DOME_AUTOSYNC_DISABLE'));
    }
    if (dome.isOn('DOME_PARK', 'PARK')) await dome.put('DOME_PARK', switchOn('UNPARK'), 'fresh');
  }

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
      try {
        if (this.#wish === 'open' && this.#permitSeconds() === 0) {
          log('The permit ran out: the shutter closes by itself.');
          this.#shut();
        } else if (this.#wish === 'closed') this.#insist();
      } catch (error) {
        log(`The shutter could not be told to close: ${sentenceOf(error)}`);
      }
      await clock.sleep(clock.period(LOOK_SECONDS), this.#stop.signal).catch(() => undefined);
    }
  }

  /** Says it again until the driver shows a closed shutter; also to a driver that does not answer. */
  #insist(): void {
    const nowMs = this.#deps.clock.monotonic();
    const isProved = this.#dome.isReady && ['closed', 'closing'].includes(this.#shutter());
    if (isProved || nowMs - this.#insistedMs < INSIST_SECONDS * 1000) return;
    this.#insistedMs = nowMs;
    if (this.#dome.has(SHUTTER)) this.#dome.insist(SHUTTER, CLOSE);
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
