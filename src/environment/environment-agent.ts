import { z } from 'zod';
import { type AgentContext, AgentService, type Command, type Work } from '#agent';
import type { PlcSpec } from '#unit';
import { type AlarmList, nextAlarms } from './alarm-list.ts';
import type { Moment } from './cause.ts';
import { clockJump } from './clock-watch.ts';
import { type Conditions, conditionsOf, hasChanged } from './conditions.ts';
import { readDomeWord, writeSafety, writeSensors, writeWatches } from './environment-store.ts';
import type { Verdict } from './safety.ts';
import { maxAgeMs } from './safety-memory.ts';
import type { Look, SafetyMonitor } from './safety-monitor.ts';
import { domeSeen, safetyRow } from './safety-row.ts';
import { type SensorChoice, type SensorRow, sensorRows } from './sensor-row.ts';
import { standingAlarms } from './standing-alarms.ts';
import { globalStatus, insideOf, siteStatus, type Weather, weatherOf } from './weather.ts';

/** The history keeps one row this often, and one at each change of the verdict. */
const HISTORY_SECONDS = 60;
/** Sensors are written this often, and each at once when its quality changes. */
const SENSORS_SECONDS = 10;

const releaseSchema = z.strictObject({
  by: z.string().min(1),
  reason: z.string().min(1),
  /** All when not said. */
  quantity: z.string().min(1).optional(),
});

/** What one routine found. */
interface Found {
  readonly look: Look;
  readonly verdict: Verdict;
  readonly moment: Moment;
  readonly weather: Weather;
}

/**
 * Env monitoring: polls the PLC and the stations, keeps the weather, says whether it is
 * safe, and lets people know what is wrong with sensors, clocks and site.
 */
export class EnvironmentAgent extends AgentService {
  protected readonly listensTo = [];
  protected readonly routineSeconds: number;
  /** `release`: lets go what flapped too often, before noon. */
  protected override readonly knows = { release: releaseSchema };
  readonly #monitor: SafetyMonitor;
  readonly #spec: PlcSpec;
  #alarms: AlarmList = {};
  #conditions: Conditions | null = null;
  #qualities = new Map<string, string>();
  #lastKeys: string | null = null;
  #lastMoment: Moment | null = null;
  #keptMono = Number.NEGATIVE_INFINITY;
  #sensorsMono = Number.NEGATIVE_INFINITY;
  #refused = 0;

  constructor(context: AgentContext, parts: { monitor: SafetyMonitor; spec: PlcSpec }) {
    super(context);
    this.#monitor = parts.monitor;
    this.#spec = parts.spec;
    this.routineSeconds = parts.spec.pollSeconds;
  }

  protected override async prepare(): Promise<void> {
    await this.#monitor.restore();
  }

  protected override async execute(command: Command): Promise<string> {
    const { by, reason, quantity } = releaseSchema.parse(command.payload);
    const released = this.#monitor.release(quantity ?? null);
    if (released.length === 0) return 'nothing was held';
    this.log.warn(`${by} releases ${released.join(', ')}: ${reason}`);
    return `released: ${released.join(', ')}`;
  }

  protected override async routine(): Promise<void> {
    const look = await this.#monitor.look();
    const moment = this.#monitor.moment();
    const weather = weatherOf(this.#monitor.memory, this.#spec, moment);
    const found = { look, verdict: this.#monitor.verdict(), moment, weather };
    if (look.error?.code === 'DEVICE_GARBLED') {
      this.#refused++;
      this.log.warn(look.error.sentence);
    }
    await this.#write(found);
    this.#lastMoment = moment;
  }

  async #write(found: Found): Promise<void> {
    const { verdict, moment, look } = found;
    const keys = JSON.stringify([verdict.safe, verdict.raw.causes.map(({ key }) => key)]);
    const changed = keys !== this.#lastKeys;
    const keep = changed || moment.atMono - this.#keptMono >= HISTORY_SECONDS * 1000;
    const sensors = this.#sensorsToWrite(moment);
    const alarms = this.#alarmNews(found);
    await this.transact(async (work) => {
      if (look.frame) await this.#writeWatches(work, { ...found, keep });
      const row = safetyRow(this.#monitor.memory, verdict, { moment, refused: this.#refused });
      await writeSafety(work, row);
      const reasons = verdict.reasons.map((reason) => reason.sentence);
      if (changed) await work.fact('SafetyChanged', { safe: verdict.safe, reasons });
      await writeSensors(work, sensors);
      for (const alarm of alarms.raised) await work.fact('AlarmRaised', alarm);
      for (const alarm of alarms.cleared) await work.fact('AlarmCleared', alarm);
      await this.#tell(work, found);
    });
    this.#lastKeys = keys;
    this.#alarms = alarms.list;
    if (keep) this.#keptMono = moment.atMono;
    if (look.frame) this.#conditions = this.#nextConditions(found.weather);
    this.#remember(sensors, moment);
  }

  async #writeWatches(work: Work, found: Found & { keep: boolean }): Promise<void> {
    const { moment, weather, verdict, keep } = found;
    const { memory } = this.#monitor;
    const oldMs = maxAgeMs(this.#spec, moment.slackSeconds);
    const dome = domeSeen(await readDomeWord(work), moment.nowMs, oldMs);
    const inside = insideOf(memory, this.#spec, { moment, dome });
    await writeWatches(work, {
      weather: { ...weather, global_status: globalStatus(weather, verdict) },
      inside: { ...inside, global_status: siteStatus(inside, verdict) },
      nowMs: moment.nowMs,
      keep,
    });
  }

  /** Facts that are rare: the conditions, a frame that was refused, a clock that jumped. */
  async #tell(work: Work, { look, moment, weather }: Found): Promise<void> {
    const conditions = this.#nextConditions(weather);
    if (look.frame && conditions !== this.#conditions) {
      await work.fact('ConditionsChanged', conditions);
    }
    // One fact for the first of a series: the row counts the others.
    const isPower = Number.isInteger(Math.log10(this.#refused));
    if (look.error?.code === 'DEVICE_GARBLED' && isPower) {
      const payload = { reason: look.error.sentence, count: this.#refused };
      await work.fact('PlcFrameRefused', payload);
    }
    const seconds = clockJump(this.#lastMoment, moment, this.clock.rate());
    if (seconds !== null) await work.fact('ClockJumped', { seconds });
  }

  /** The conditions that were told last, unless these are worth a word. */
  #nextConditions(weather: Weather): Conditions {
    const now = conditionsOf(weather);
    const last = this.#conditions;
    return last === null || hasChanged(last, now) ? now : last;
  }

  #alarmNews({ verdict, moment }: Found) {
    const standing = standingAlarms(this.#monitor.memory, this.#spec, { verdict, moment });
    return nextAlarms(this.#alarms, standing, moment.atMono);
  }

  #sensorsToWrite(moment: Moment): readonly SensorRow[] {
    const isDue = moment.atMono - this.#sensorsMono >= SENSORS_SECONDS * 1000;
    const isWanted: SensorChoice = (one) =>
      isDue || this.#qualities.get(nameOf(one)) !== one.quality;
    return sensorRows(this.#monitor.memory, this.#spec, { moment, isWanted });
  }

  #remember(written: readonly SensorRow[], { atMono }: Moment): void {
    for (const row of written) this.#qualities.set(nameOf(row), row.quality);
    if (atMono - this.#sensorsMono >= SENSORS_SECONDS * 1000) this.#sensorsMono = atMono;
  }
}

function nameOf({ device, name }: Pick<SensorRow, 'device' | 'name'>): string {
  return `${device}.${name}`;
}
