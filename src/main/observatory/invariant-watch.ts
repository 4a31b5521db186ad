import { separationDeg, sunPosition } from '#sky';
import {
  checkSample,
  INVARIANTS_FRESH,
  type InvariantTerms,
  type MountTruth,
  type Sample,
  type Violation,
} from './invariants.ts';
import type { VirtualObservatory } from './virtual-observatory.ts';
import { NO_EVIDENCE, readEvidence, whyClosed } from './wire-evidence.ts';

const STATUS = '{"command": [{"name": "STATUS"}]}';
const LOOK_SECONDS = 1;
/** The PLC is listened to as often as agents do, and the Sun moves slowly. */
const LISTEN_SECONDS = 2;
const SUN_MS = 30_000;
/** The Sun may be a little over the limit before that counts, degrees. */
const SUN_MARGIN_DEG = 0.3;
/** Faults with which a device does not do, or cannot be told, what it should. */
const DOME_STUBBORN: readonly string[] = [
  'deaf-shutter',
  'stuck-closed-switch',
  'both-switches',
  'stops-half-way',
  'brown-out',
  'frees-when-home',
  'silent',
  'cut',
  'garbage',
  'partial',
  'flood',
  'trickle',
  'duplicate',
  'deaf',
  'refuse-connections',
];
const MOUNT_STUBBORN: readonly string[] = [
  'runs-past-limit',
  'stalls',
  'drifts',
  'pointing-error',
  'slow',
  'lost-position',
  'silent',
  'cut',
  'garbage',
  'partial',
  'flood',
  'trickle',
  'duplicate',
  'deaf',
  'refuse-connections',
];

/** Watches a virtual observatory from outside, second by second, and notes every broken invariant. */
export class InvariantWatch {
  readonly violations: Violation[] = [];
  readonly #observatory: VirtualObservatory;
  readonly #terms: InvariantTerms;
  readonly #end = new AbortController();
  #evidence = NO_EVIDENCE;
  #state = INVARIANTS_FRESH;
  #domeStubbornUntilMs = 0;
  #sun = { atMs: Number.NEGATIVE_INFINITY, altDeg: 0, raDeg: 0, decDeg: 0 };

  constructor(observatory: VirtualObservatory) {
    this.#observatory = observatory;
    const { dome, plc, mounts } = observatory.unit;
    const [mount] = mounts;
    this.#terms = {
      dome,
      pollSeconds: plc.pollSeconds,
      minAltDeg: mount?.minAltDeg ?? 0,
      sunLimitDeg: mount?.sunLimitDeg ?? 0,
    };
    void this.#repeat(LISTEN_SECONDS, () => this.#listen());
    void this.#repeat(LOOK_SECONDS, async () => this.#look());
  }

  stop(): void {
    this.#end.abort();
  }

  async #repeat(seconds: number, step: () => Promise<void>): Promise<void> {
    const { signal } = this.#end;
    while (!signal.aborted) {
      await step();
      await this.#observatory.clock.sleep(seconds, signal).catch(() => undefined);
    }
  }

  async #listen(): Promise<void> {
    const { network, unit, clock } = this.#observatory;
    const link = network.link(unit.plc.address, 'json');
    const text = await link.request(STATUS).then(
      (reply) => reply.text,
      () => null,
    );
    this.#evidence = readEvidence(this.#evidence, { text, nowMs: clock.now() });
  }

  #look(): void {
    const { state, violations } = checkSample(this.#state, this.#sample(), this.#terms);
    this.#state = state;
    this.violations.push(...violations);
  }

  #sample(): Sample {
    const { simulators, clock, unit } = this.#observatory;
    const nowMs = clock.now();
    const openFraction = simulators.dome?.truth?.().openFraction ?? 0;
    const guardian = unit.agents.find(({ kind }) => kind === 'guardian')?.alias ?? '';
    return {
      atMs: nowMs,
      openFraction,
      domeObeys: this.#domeObeys(nowMs),
      mustClose: this.#mustClose(nowMs),
      guardianRuns: this.#observatory.isRunning(guardian),
      mount: this.#mount(nowMs),
    };
  }

  /** After a fault it is given a look of the guardian's. */
  #domeObeys(nowMs: number): boolean {
    if (this.#has('dome', DOME_STUBBORN)) this.#domeStubbornUntilMs = nowMs + 5000;
    return nowMs > this.#domeStubbornUntilMs;
  }

  #mustClose(nowMs: number): string | null {
    const { unit } = this.#observatory;
    const { closeSunAltDeg, openSunAltDeg } = unit.night;
    if (this.#sunAt(nowMs).altDeg > Math.max(closeSunAltDeg, openSunAltDeg) + SUN_MARGIN_DEG)
      return 'it is day';
    return whyClosed(this.#evidence, { nowMs, maxAgeSeconds: unit.plc.maxAgeSeconds });
  }

  #mount(nowMs: number): MountTruth {
    const { simulators } = this.#observatory;
    const truth = simulators.mount?.truth();
    const { altDeg = 90, raDeg = 0, decDeg = 0, tracks = 0 } = truth ?? {};
    return {
      altDeg,
      sunDistanceDeg: separationDeg({ raDeg, decDeg }, this.#sunAt(nowMs)),
      tracks: tracks === 1,
      obeys: !this.#has('mount', MOUNT_STUBBORN),
    };
  }

  #sunAt(nowMs: number) {
    if (nowMs - this.#sun.atMs >= SUN_MS) {
      this.#sun = { ...sunPosition(this.#observatory.unit.site, nowMs), atMs: nowMs };
    }
    return this.#sun;
  }

  #has(device: string, names: readonly string[]): boolean {
    const active = this.#observatory.simulators[device]?.faults?.active() ?? [];
    return active.some(({ name }) => names.includes(name));
  }
}
