import { type AgentContext, AgentService, type AlertFact, type Work } from '#agent';
import { iso } from '#platform';
import {
  insertRequest,
  isFinal,
  moveTarget,
  readSequence,
  resolveRequest,
  setSequenceStatus,
} from '#request';
import type { Unit } from '#unit';
import { type AlertDecision, decideAlert } from './alert-decision.ts';
import {
  findBurst,
  insertAlert,
  isKnownIvorn,
  type KnownBurst,
  readStrategies,
} from './alert-store.ts';
import { classify, type Notice } from './notice.ts';
import { draftOf, type StrategyRequest } from './strategy-match.ts';
import { parseVOEvent } from './voevent-xml.ts';
import { startVtpServer, type VtpServer } from './vtp-server.ts';
import type { EventAnswer } from './vtp-session.ts';

/** What the alert agent needs beside its context. */
export interface AlertParts {
  readonly unit: Unit;
  /** Listens for authors over TCP; without it packets come through `receive` alone. */
  readonly listen: boolean;
}

/** One packet on its way. */
interface Arrival {
  readonly notice: Notice;
  readonly role: string;
  readonly packet: string;
  readonly receivedMs: number;
}

/**
 * The alert listener: takes VOEvents in, keeps every one, and turns those that a
 * strategy wants into requests. A packet is acknowledged once it is stored.
 */
export class AlertAgent extends AgentService {
  protected readonly listensTo = [];
  protected readonly routineSeconds = 60;
  readonly #parts: AlertParts;
  #server: VtpServer | null = null;
  /** Packets are handled one after the other: two notices of one burst must not cross. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(context: AgentContext, parts: AlertParts) {
    super(context);
    this.#parts = parts;
  }

  protected override async prepare(): Promise<void> {
    // At a restart it goes on listening.
    if (!this.#parts.listen || this.#server) return;
    const { alerts, unit } = this.#parts.unit;
    this.#server = await startVtpServer({
      listen: alerts.listen,
      allow: alerts.allow,
      identity: `ivo://pyros/${unit.alias}`,
      clock: this.clock,
      onEvent: (packet, receivedMs) => this.receive(packet, receivedMs),
      onTrouble: ({ peer, reason }) => void this.warn(`${peer}: ${reason}`),
    });
  }

  protected override async end(): Promise<void> {
    await this.#server?.close();
  }

  /** Takes one packet; `receivedMs` is the instant (UTC ms) of its last byte. */
  receive(packet: Uint8Array, receivedMs: number): Promise<EventAnswer> {
    const answer = this.#queue.then(() => this.#handle(packet, receivedMs));
    this.#queue = answer.catch(() => undefined);
    return answer;
  }

  async #handle(packet: Uint8Array, receivedMs: number): Promise<EventAnswer> {
    const parsed = parseVOEvent(packet);
    if (!parsed.ok) {
      await this.warn(`VOEvent refused: ${parsed.reason}`);
      await this.transact((work) =>
        work.fact('AlertRefused', { reason: parsed.reason, ivorn: null }),
      );
      return { ack: false, reason: parsed.reason };
    }
    const notice = classify(parsed.event);
    // Sent again because our answer was lost: it is stored, say so once more.
    if (await isKnownIvorn(this.database, notice.ivorn)) return { ack: true };
    const text = new TextDecoder().decode(packet);
    await this.#store({ notice, role: parsed.event.role, packet: text, receivedMs });
    return { ack: true };
  }

  async #store(arrival: Arrival): Promise<void> {
    const { notice } = arrival;
    const known = await findBurst(this.database, notice);
    const strategies = await readStrategies(this.database);
    const now = this.clock.now();
    const decision = decideAlert({ notice, known: known?.burst ?? null, strategies, now });
    await this.transact(async (work) => {
      const sequenceIds = await this.#carryOut(work, decision, known);
      const burst = decision.burst;
      const alertId = await insertAlert(work, {
        ...arrival,
        outcome: decision.action === 'submit' ? 'requested' : outcomeOf(decision),
        known: burst ? { burst, sequenceIds } : null,
      });
      await this.#tell(work, { arrival, decision, alertId, sequenceIds });
    });
  }

  /** Does in the database what was decided; gives the sequences of the burst. */
  async #carryOut(
    work: Work,
    decision: AlertDecision,
    known: KnownBurst | null,
  ): Promise<readonly number[]> {
    const before = known?.sequenceIds ?? [];
    if (decision.action === 'submit') {
      const made: number[] = [];
      for (const request of decision.requests) made.push(...(await this.#submit(work, request)));
      return [...before, ...made];
    }
    if (decision.action === 'move') {
      const { raDeg, decDeg } = decision.burst.target;
      for (const id of await this.#unfinished(work, before)) {
        await moveTarget(work, { id, raDeg, decDeg });
      }
    }
    if (decision.action === 'retract') {
      for (const id of before) await this.#cancel(work, id, decision.reason);
    }
    return before;
  }

  async #submit(work: Work, wanted: StrategyRequest): Promise<number[]> {
    const { site, channels } = this.#parts.unit;
    const now = this.clock.now();
    const draft = draftOf(wanted, channels);
    const request = resolveRequest(draft, { site, submittedAtMs: now, targetsAtMs: now });
    const { requestId, sequenceIds } = await insertRequest(work, request, this.name);
    const { name, program } = request;
    const payload = { requestId, name, program, isAlert: true, sequences: sequenceIds };
    await work.fact('RequestSubmitted', payload);
    return sequenceIds;
  }

  /** A finished sequence keeps the place where it was observed. */
  async #unfinished(work: Work, ids: readonly number[]): Promise<number[]> {
    const sequences = await Promise.all(ids.map((id) => readSequence(work, id)));
    return sequences.flatMap((one) => (one && !isFinal(one.status) ? [one.id] : []));
  }

  async #cancel(work: Work, id: number, reason: string): Promise<void> {
    const sequence = await readSequence(work, id);
    if (!sequence || isFinal(sequence.status)) return;
    await setSequenceStatus(work, { id, to: 'CANCELLED', reason });
  }

  async #tell(
    work: Work,
    about: {
      arrival: Arrival;
      decision: AlertDecision;
      alertId: number;
      sequenceIds: readonly number[];
    },
  ): Promise<void> {
    const { arrival, decision, alertId } = about;
    const { ivorn, trigger } = arrival.notice;
    if (decision.action === 'record') {
      await work.fact('AlertIgnored', { ivorn, reason: decision.reason });
      return;
    }
    if (decision.action === 'retract') {
      await work.fact('AlertRetracted', { alertId, ivorn, trigger });
      return;
    }
    const payload = alertFact(arrival, alertId);
    await work.fact(decision.action === 'submit' ? 'AlertReceived' : 'AlertUpdated', payload);
    if (decision.action !== 'move') return;
    const { raDeg, decDeg } = decision.burst.target;
    for (const sequenceId of await this.#unfinished(work, about.sequenceIds)) {
      const name = (await readSequence(work, sequenceId))?.name ?? '';
      await work.fact('TargetMoved', { sequenceId, name, raDeg, decDeg, alertId });
    }
  }
}

function outcomeOf(decision: AlertDecision): string {
  if (decision.action === 'move') return 'target moved';
  return 'reason' in decision ? decision.reason : decision.action;
}

function alertFact({ notice, receivedMs }: Arrival, alertId: number): AlertFact {
  return {
    alertId,
    ivorn: notice.ivorn,
    mission: notice.mission,
    trigger: notice.trigger,
    raDeg: notice.target?.raDeg ?? 0,
    decDeg: notice.target?.decDeg ?? 0,
    errorDeg: notice.target?.errorDeg ?? 0,
    eventAt: notice.eventMs === null ? null : iso(notice.eventMs),
    noticeAt: iso(notice.dateMs),
    receivedAt: iso(receivedMs),
  };
}
