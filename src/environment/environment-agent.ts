import { type AgentContext, AgentService } from '#agent';
import type { PlcFrame } from '#devices';
import { iso } from '#platform';
import type { PlcSpec } from '#unit';
import { weatherOf, writeSafety, writeWatches } from './environment-store.ts';
import { cloudState } from './readings.ts';
import type { Verdict } from './safety.ts';
import type { Look, SafetyMonitor } from './safety-monitor.ts';

/** The history keeps one row this often, and one at each change of the verdict. */
const HISTORY_SECONDS = 60;

/** Env monitoring: polls the PLC, keeps the weather, says whether it is safe. */
export class EnvironmentAgent extends AgentService {
  protected readonly listensTo = [];
  protected readonly routineSeconds: number;
  readonly #monitor: SafetyMonitor;
  #lastKeys: string | null = null;
  #lastCloud: string | null = null;
  #lastKeptMs = 0;
  #refused = 0;
  #frameAt = '';

  constructor(context: AgentContext, parts: { monitor: SafetyMonitor; spec: PlcSpec }) {
    super(context);
    this.#monitor = parts.monitor;
    this.routineSeconds = parts.spec.pollSeconds;
  }

  protected override async prepare(): Promise<void> {
    await this.#monitor.restore();
  }

  protected override async routine(): Promise<void> {
    const look = await this.#monitor.look();
    const verdict = this.#monitor.verdict();
    if (look.frame) this.#frameAt = iso(this.#monitor.memory.frameMs ?? 0);
    await this.#tellRefusal(look);
    await this.#write(look.frame, verdict);
  }

  async #tellRefusal(look: Look): Promise<void> {
    if (look.error?.code !== 'DEVICE_GARBLED') return;
    const { sentence } = look.error;
    this.#refused++;
    this.log.warn(sentence);
    // One fact for the first of a series: the row counts the others.
    const power = Math.log10(this.#refused);
    if (Number.isInteger(power)) {
      const payload = { reason: sentence, count: this.#refused };
      await this.transact((work) => work.fact('PlcFrameRefused', payload));
    }
  }

  async #write(frame: PlcFrame | null, verdict: Verdict): Promise<void> {
    const nowMs = this.clock.now();
    const keys = JSON.stringify(verdict.reasons.map((reason) => reason.key));
    const changed = keys !== this.#lastKeys;
    const keep = changed || nowMs - this.#lastKeptMs >= HISTORY_SECONDS * 1000;
    const cloud = cloudState(frame ? weatherOf(frame).cloud : null);
    await this.transact(async (work) => {
      if (frame) await writeWatches(work, { frame, verdict, nowMs, keep });
      await writeSafety(work, this.#safetyRow(verdict, nowMs));
      const reasons = verdict.reasons.map((reason) => reason.sentence);
      if (changed) await work.fact('SafetyChanged', { safe: verdict.safe, reasons });
      if (frame && cloud !== this.#lastCloud) {
        const { wind, humidity } = weatherOf(frame);
        const payload = { cloud, windMs: wind, humidityPercent: humidity };
        await work.fact('ConditionsChanged', payload);
      }
    });
    if (frame) this.#lastCloud = cloud;
    if (keep) this.#lastKeptMs = nowMs;
    this.#lastKeys = keys;
  }

  #safetyRow(verdict: Verdict, nowMs: number) {
    const { site } = this.#monitor.memory;
    return {
      updated: iso(nowMs),
      frame_at: this.#frameAt,
      mode: site?.mode ?? '',
      night_ack: site?.nightAck ? 1 : 0,
      bypass: site?.bypass ? 1 : 0,
      safe: verdict.safe ? 1 : 0,
      reasons: JSON.stringify(verdict.reasons.map((reason) => reason.sentence)),
      refused_frames: this.#refused,
    };
  }
}
