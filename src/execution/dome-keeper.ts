import type { Fact, Work } from '#agent';
import type { Dome, DomeStatus, ShutterState } from '#devices';
import {
  type Closing,
  closingStep,
  isProvedClosed,
  roofWay,
  type ShutterHistory,
  shutterSeen,
  UNSEEN_SHUTTER,
} from '#environment';
import { type Clock, iso, sentenceOf } from '#platform';
import type { DomeSpec } from '#unit';
import type { AlarmBook } from './alarm-book.ts';
import { writeDeviceStatus } from './execution-store.ts';
import type { Standing } from './pauses.ts';

/** What the Majordome saw of the dome at one look; null when it does not answer. */
export type DomeLook = DomeStatus | null;

export interface DomeKeeperParts {
  readonly dome: Dome;
  readonly spec: DomeSpec;
  readonly clock: Clock;
  readonly name: string;
  /** The last state in the database, and until when a dome shut by hand is left alone, UTC ms. */
  readonly lastShutter: string;
  readonly byHandUntilMs: number | null;
  readonly transact: <T>(work: (work: Work) => Promise<T>) => Promise<T>;
  readonly alarms: AlarmBook;
}

/** A motion may take so much longer than the unit file says, seconds. */
const MARGIN_SECONDS = 15;
/** A dome that somebody shut by hand is left alone for so long, seconds. */
const BY_HAND_SECONDS = 600;
/** A refused opening is asked again after this, seconds. */
const RETRY_SECONDS = 30;
/** One silent look is no silence, seconds. */
const SILENT_SECONDS = 10;
/** Switches that contradict each other for so long are no glitch, seconds. */
const STRANGE_SECONDS = 10;

/**
 * The Majordome's hand on the dome: opens it under the guardian's permit, closes it and insists, and
 * tells each change once, also over a restart (the last state is in the database).
 */
export class DomeKeeper {
  readonly #parts: DomeKeeperParts;
  #last: string;
  #ordered: 'open' | 'close' | null = null;
  /** Somebody of the unit told that it closes, and nobody yet that it is open again. */
  #isClosingTold = false;
  #history: ShutterHistory = UNSEEN_SHUTTER;
  #closing: Closing | null = null;
  /** When opening was ordered and when it was refused, monotonic ms. */
  #openedMs: number | null = null;
  #refused: { atMs: number; why: string } | null = null;
  #silentSinceMs: number | null = null;
  #strangeSinceMs: number | null = null;
  #byHandUntilMs: number | null;
  #notedMs = Number.NEGATIVE_INFINITY;
  /** Since when it answers, ISO-8601 UTC; null while it does not. */
  #connectedSince: string | null = null;

  constructor(parts: DomeKeeperParts) {
    this.#parts = parts;
    this.#last = parts.lastShutter;
    const { byHandUntilMs, clock } = parts;
    this.#byHandUntilMs =
      byHandUntilMs === null ? null : clock.monotonic() + byHandUntilMs - clock.now();
  }

  /** What an earlier life had ordered last, by what was told of the dome, newest first. */
  recall(facts: readonly Fact[]): void {
    const [last] = facts.filter(({ type }) => type.startsWith('Dome'));
    this.#isClosingTold = last?.type === 'DomeClosing';
    if (last?.agent !== this.#parts.name) return;
    if (last.type === 'DomeOpening') this.#ordered = 'open';
    if (last.type === 'DomeClosing') this.#ordered = 'close';
  }

  /** Proved closed, by a limit switch that may be believed. */
  get isClosed(): boolean {
    return isProvedClosed(this.#history);
  }

  /** It answers, and closes in the time that it needs. */
  get obeys(): boolean {
    return !this.#isSilent() && (this.#closing?.told ?? 0) === 0;
  }

  /** Asks the dome where it is, and tells when it has come to rest somewhere new. */
  async look(): Promise<DomeLook> {
    const { clock, dome, spec } = this.#parts;
    const status = await dome.status().catch(() => null);
    const nowMs = clock.monotonic();
    this.#silentSinceMs = status ? null : (this.#silentSinceMs ?? nowMs);
    const was = this.#history.state;
    this.#history = shutterSeen(this.#history, status?.shutter ?? null, { nowMs, spec });
    this.#noticeHand(status, was);
    const isStrange = this.#history.isDoubted || status?.shutter === 'unknown';
    this.#strangeSinceMs = isStrange ? (this.#strangeSinceMs ?? nowMs) : null;
    if (status) await this.#note(status);
    else this.#connectedSince = null;
    return status;
  }

  /** Shut by somebody else, for its reasons: that is no hand. */
  closedBy(agent: string): void {
    this.#isClosingTold = true;
    if (agent !== this.#parts.name) this.#byHandUntilMs = null;
  }

  /** Opens when the guardian allows it; without its permit nothing is asked. */
  async open(status: DomeLook, sunAltDeg: number): Promise<void> {
    this.#closing = null;
    if (!status || status.permitSeconds <= 0 || this.#isLeftAlone()) return;
    if (status.shutter === 'open' || status.shutter === 'opening') return;
    const { clock, name, transact, dome } = this.#parts;
    const nowMs = clock.monotonic();
    if (this.#refused && nowMs - this.#refused.atMs < clock.allow(RETRY_SECONDS) * 1000) return;
    // Also proves that this is the life that may move the dome: one that was held up may have lost its name.
    await transact(async (work) => {
      if (this.#ordered === 'open') return;
      const payload = { by: name, sunAltDeg: Math.round(sunAltDeg * 100) / 100 };
      await work.fact('DomeOpening', payload);
    });
    this.#openedMs ??= nowMs;
    this.#isClosingTold = false;
    this.#ordered = 'open';
    this.#refused = await dome.open().then(
      () => null,
      (error: unknown) => ({ atMs: nowMs, why: sentenceOf(error) }),
    );
  }

  /** Closes; told once for each closing, ordered until it is proved. True: the roof waits for the mount. */
  async close(
    status: DomeLook,
    why: { reason: string; isParked: boolean; isFrozen?: boolean },
  ): Promise<boolean> {
    const { spec, clock, dome } = this.#parts;
    this.#openedMs = null;
    this.#refused = null;
    const step = closingStep(this.#closing, {
      wanted: true,
      proved: this.isClosed,
      nowMs: clock.monotonic(),
      patienceSeconds: clock.allow(spec.closeSeconds + MARGIN_SECONDS) + this.#parkSeconds(),
      homeSeconds: clock.allow(360 / spec.turnDegPerSecond),
    });
    this.#closing = step.closing;
    if (this.isClosed) return false;
    const wantedMs = step.closing?.wantedMs ?? clock.monotonic();
    const dangerSeconds = (clock.monotonic() - wantedMs) / 1000;
    const way = roofWay(spec.parkFirst, { isParked: why.isParked, dangerSeconds });
    if (way === 'free' && (status?.shutter !== 'closing' || step.alarm > 0)) {
      await dome.close().catch(() => undefined);
    }
    const mayTurn = why.isFrozen !== true && !status?.homing;
    if (way === 'free' && step.home && mayTurn) await dome.home().catch(() => undefined);
    if (way === 'free') await this.#tellClosing(status, why.reason);
    return way !== 'free';
  }

  /** What of the dome keeps an observatory that is ready from observing. */
  trouble(status: DomeLook): readonly Standing[] {
    const { clock, spec } = this.#parts;
    const hardware = (sentence: string): Standing[] => [
      { kind: 'hardware', key: 'dome', sentence },
    ];
    if (!status) return hardware('the dome does not answer');
    if (this.#isLeftAlone()) {
      const leftMs = (this.#byHandUntilMs ?? 0) - clock.monotonic();
      const sentence = 'the dome was closed by hand';
      const earliestEndMs = clock.now() + leftMs;
      return [{ kind: 'person', key: 'dome', sentence, earliestEndMs }];
    }
    if (status.shutter === 'open') return [];
    if (this.#isStrange()) return hardware('the switches of the dome contradict each other');
    if (status.permitSeconds <= 0) {
      return [{ kind: 'hardware', key: 'permit', sentence: 'the guardian gives no permit' }];
    }
    if (this.#refused) return hardware(`the dome does not open: ${this.#refused.why}`);
    const patienceMs = clock.allow(spec.openSeconds + MARGIN_SECONDS) * 1000;
    const isLate = this.#openedMs !== null && clock.monotonic() - this.#openedMs > patienceMs;
    return isLate ? hardware(`the dome does not open, it says ${status.shutter}`) : [];
  }

  /** Tells for as long as it lasts that the dome is not closed although it should be. */
  async warn(status: DomeLook): Promise<void> {
    const { alarms, spec } = this.#parts;
    const isLate = (this.#closing?.openSinceMs ?? null) !== null && (this.#closing?.told ?? 0) > 0;
    const says = status ? `it says ${status.shutter}` : 'it does not answer';
    const held =
      spec.parkFirst && !spec.parkFirst.thenClose ? ' The roof waits for the mount.' : '';
    const sentence = isLate
      ? `The dome is not closed although it was told to: ${says}.${held}`
      : '';
    await alarms.show({ key: 'dome-closing', severity: 'CRITICAL', everySeconds: 60 }, sentence);
    const isStrange = this.#isStrange();
    const strange = `Nobody knows where the shutter is: ${says}, which cannot be.`;
    const alarm = { key: 'dome-switches', severity: 'SERIOUS', everySeconds: 600 } as const;
    await alarms.show(alarm, isStrange ? strange : '');
  }

  /** Switches that contradict each other, or what was seen, for longer than a glitch (hazard F13). */
  #isStrange(): boolean {
    const { clock } = this.#parts;
    if (this.#strangeSinceMs === null) return false;
    return clock.monotonic() - this.#strangeSinceMs >= clock.allow(STRANGE_SECONDS) * 1000;
  }

  #parkSeconds(): number {
    const { clock, spec } = this.#parts;
    return spec.parkFirst ? clock.allow(spec.parkFirst.deadlineSeconds) : 0;
  }

  #isSilent(): boolean {
    const { clock } = this.#parts;
    if (this.#silentSinceMs === null) return false;
    return clock.monotonic() - this.#silentSinceMs > clock.allow(SILENT_SECONDS) * 1000;
  }

  #isLeftAlone(): boolean {
    const { clock } = this.#parts;
    if (this.#byHandUntilMs === null) return false;
    if (clock.monotonic() < this.#byHandUntilMs) return true;
    this.#byHandUntilMs = null;
    return false;
  }

  /** It shuts under a permit and nobody of the unit told it to: a person did (hazard F20). */
  #noticeHand(status: DomeLook, was: ShutterState | null): void {
    if (this.#history.isDoubted) return;
    if (!status || this.#ordered === 'close' || (was !== 'open' && was !== 'opening')) return;
    if (status.shutter !== 'closing' && status.shutter !== 'closed') return;
    if (status.permitSeconds <= 0) return;
    const { clock } = this.#parts;
    this.#byHandUntilMs = clock.monotonic() + clock.allow(BY_HAND_SECONDS) * 1000;
    this.#ordered = null;
  }

  async #note(status: DomeStatus): Promise<void> {
    const { clock, name, transact } = this.#parts;
    const { shutter } = status;
    this.#connectedSince ??= iso(clock.now());
    const connection = { connected: true, connectedSince: this.#connectedSince };
    const rests = shutter === 'open' || this.isClosed;
    const arrived = shutter !== this.#last && rests;
    const stale = clock.monotonic() - this.#notedMs >= clock.period(6) * 1000;
    if (shutter !== this.#last || stale) {
      await transact(async (work) => {
        await writeDeviceStatus(work, 'dome', { ...status, ...connection });
        if (!arrived || this.#last === '') return;
        await work.fact(shutter === 'open' ? 'DomeOpened' : 'DomeClosed', { by: name });
      });
      this.#notedMs = clock.monotonic();
    }
    if (arrived || this.#last === '') this.#last = shutter;
    if (shutter === 'closed' && this.#ordered === 'close') this.#ordered = null;
    if (shutter === 'open' && this.#ordered === 'open') this.#ordered = null;
  }

  async #tellClosing(status: DomeLook, reason: string): Promise<void> {
    if (this.#ordered === 'close') return;
    if (status?.shutter === 'closing' && this.#isClosingTold) return;
    this.#ordered = 'close';
    this.#isClosingTold = true;
    const { name, transact } = this.#parts;
    await transact((work) => work.fact('DomeClosing', { by: name, reason }));
  }
}
