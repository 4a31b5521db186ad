import type { Dome, DomeStatus, ShutterState, Telescope } from '#devices';
import { type Clock, sentenceOf } from '#platform';
import type { Unit } from '#unit';
import type { GuardDecision, RoofWay } from './guard.ts';
import { type Closing, closingStep, isAtRest } from './guardian-closing.ts';
import { answerWithin, GuardianHand } from './guardian-hand.ts';
import { isParked, roofWay } from './guardian-roof.ts';
import {
  isProvedClosed,
  type ShutterHistory,
  shutterSeen,
  UNSEEN_SHUTTER,
} from './guardian-shutter.ts';
import type { GuardianVoice } from './guardian-voice.ts';

interface GuardianDomeParts {
  readonly unit: Unit;
  readonly clock: Clock;
  readonly domes: readonly Dome[];
  readonly telescope: Telescope | null;
  readonly voice: GuardianVoice;
}

/** A closing may take so much longer than its specification says. */
const SLACK = 1.5;
/** A telescope that does not answer so soon is taken for silent, seconds. */
const TELESCOPE_SECONDS = 2;

/** The dome in the guardian's hand: permits, and closings that are insisted on until they are proved. */
export class GuardianDome {
  readonly #parts: GuardianDomeParts;
  readonly #hand: GuardianHand;
  #shutter: ShutterHistory = UNSEEN_SHUTTER;
  #closing: Closing | null = null;
  #isParked = false;
  /** A permit may stand: it is taken back until the dome says that it has none. */
  #mayHavePermit = true;
  #isTold = false;

  constructor(parts: GuardianDomeParts) {
    this.#parts = parts;
    this.#hand = new GuardianHand(parts.clock, parts.domes);
  }

  /** Nothing is left to be done about it. */
  isAtRest(): boolean {
    return isAtRest(this.#closing, this.#look());
  }

  /** Whether it must wait for the telescope before it closes. */
  roof(): RoofWay {
    const { unit, clock } = this.#parts;
    const dangerMs = this.#closing ? clock.monotonic() - this.#closing.wantedMs : 0;
    return roofWay(unit.dome.parkFirst, {
      isParked: this.#isParked || isProvedClosed(this.#shutter),
      dangerSeconds: dangerMs / 1000,
    });
  }

  /**
   * Closing comes first: nothing is asked before it, and nothing that fails keeps it waiting. Gives
   * whether the dome took the orders and answered.
   */
  async carryOut(decision: GuardDecision): Promise<boolean> {
    const before = this.#shutter.state;
    const isTaken = await this.#attempt(() => this.#order(decision));
    const status = await this.#read();
    this.#tellClosing(decision, before);
    const isTried = decision.action === 'wait' || (await this.#insist(decision, status));
    if (isTaken && isTried && status) this.#parts.voice.trouble('dome', null);
    return isTaken && isTried && status !== null;
  }

  /** Takes the permit back, at the end of the guardian's life. */
  async letGo(): Promise<void> {
    await this.#hand.order((dome) => dome.permit(0)).catch(() => undefined);
  }

  async #attempt(step: () => Promise<unknown>): Promise<boolean> {
    try {
      await step();
      return true;
    } catch (error) {
      this.#parts.voice.trouble('dome', sentenceOf(error));
      return false;
    }
  }

  async #order({ action, isFrozen = false }: GuardDecision): Promise<void> {
    if (action === 'permit') await this.#permit();
    if (action === 'park') await this.#park(isFrozen);
    if (action !== 'close' && action !== 'rest') return;
    const orders = action === 'close' ? [this.#hand.order((dome) => dome.close())] : [];
    if (this.#mayHavePermit) orders.push(this.#hand.order((dome) => dome.permit(0)));
    const failed = (await Promise.allSettled(orders)).find((one) => one.status === 'rejected');
    if (failed) throw failed.reason;
  }

  async #permit(): Promise<void> {
    const { unit, clock } = this.#parts;
    this.#mayHavePermit = true;
    await this.#hand.order((dome) => dome.permit(clock.allow(unit.dome.permitSeconds)));
  }

  /**
   * The roof's own dead-man knows nothing of the telescope: it is held back for that while, if the
   * roof was seen open. A frozen telescope is not sent anywhere.
   */
  async #park(isFrozen: boolean): Promise<void> {
    const { telescope, unit, clock } = this.#parts;
    const [mount] = unit.mounts;
    const held = this.#shutter.state === null ? Promise.resolve() : this.#permit();
    const parking = this.#attempt(async () => {
      if (!telescope || !mount) return;
      const status = await answerWithin(clock, TELESCOPE_SECONDS, telescope.status());
      this.#isParked = isParked(status, mount);
      const isUnderWay = this.#isParked || status.motion === 'parking';
      if (!isUnderWay && !isFrozen) await answerWithin(clock, TELESCOPE_SECONDS, telescope.park());
    });
    await Promise.all([held, parking]);
  }

  async #read(): Promise<DomeStatus | null> {
    const { clock, unit } = this.#parts;
    const status = await this.#hand.status();
    const look = { nowMs: clock.monotonic(), spec: unit.dome };
    this.#shutter = shutterSeen(this.#shutter, status?.shutter ?? null, look);
    if (status) this.#mayHavePermit = status.permitSeconds > 0;
    return status;
  }

  /** Until it is proved closed the other way is tried and people are told, again and again. */
  async #insist(decision: GuardDecision, status: DomeStatus | null): Promise<boolean> {
    const { action, reason, isFrozen } = decision;
    const { unit, voice } = this.#parts;
    const step = closingStep(this.#closing, {
      ...this.#look(),
      wanted: action !== 'permit',
      homeSeconds: 360 / unit.dome.turnDegPerSecond,
    });
    this.#closing = step.closing;
    if (action === 'permit') this.#isParked = false;
    if (step.alarm > 0)
      voice.notClosed(`${this.#complaint(action, status)} (${reason})`, step.alarm);
    if (step.cleared) voice.notClosedNoMore();
    if (!step.home || action !== 'close' || isFrozen) return true;
    return await this.#attempt(() => this.#hand.order((dome) => dome.home()));
  }

  #complaint(action: GuardDecision['action'], status: DomeStatus | null): string {
    if (!status) return 'The dome is not proved closed: it does not answer';
    if (action === 'park') return 'The roof is open: it waits for the telescope to park';
    if (this.#shutter.isDoubted) {
      return 'The dome calls itself closed sooner than it can be: a limit switch may be stuck. Look at it';
    }
    return `The dome is not closed: its shutter is "${status.shutter}"`;
  }

  /** Once for each closing that the guardian brings about itself. */
  #tellClosing({ action, reason }: GuardDecision, before: ShutterState | null): void {
    if (action === 'permit' || action === 'rest') this.#isTold = false;
    if (action !== 'close' || this.#isTold) return;
    const seen = before ?? this.#shutter.state;
    const isDone = seen === null || seen === 'closed';
    if (isDone || before === 'closing') return;
    this.#isTold = true;
    this.#parts.voice.closing(reason);
  }

  #look() {
    const { clock, unit } = this.#parts;
    return {
      proved: isProvedClosed(this.#shutter),
      nowMs: clock.monotonic(),
      patienceSeconds: clock.allow(unit.dome.closeSeconds * SLACK),
    };
  }
}
