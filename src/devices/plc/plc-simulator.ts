import { type Clock, iso, PyrosError } from '#platform';
import type { Site } from '#unit';
import { FaultSet } from '../faults/fault-set.ts';
import { WIRE_FAULTS } from '../faults/wire-faults.ts';
import type { Endpoint, Reply } from '../link/link.ts';
import type { PlcEvent } from '../scenario.ts';
import type { PlcDevice, PlcFrame } from './plc.ts';
import { plcDevices } from './plc-devices.ts';
import { clockErrorMs, PLC_FAULTS, underReportFaults, underWeatherFaults } from './plc-faults.ts';
import { devicesAt, impossibleEvents, inOrder, parsePlcRequest } from './plc-model.ts';
import { siteWeather } from './site-weather.ts';

/** What a simulated PLC needs besides its site. */
export interface PlcSimulatorDeps {
  readonly clock: Clock;
  readonly seed: number;
  readonly events: readonly PlcEvent[];
}

/**
 * The site's controller: fair weather that drifts with the hour, what the scenario overrides, and what
 * was set by hand over both. Answers a JSON list with one object per command. Throws
 * `SCENARIO_INVALID` on an event that names no value of the PLC.
 */
export class PlcSimulator implements Endpoint {
  readonly faults = new FaultSet([...PLC_FAULTS, ...WIRE_FAULTS], {
    before: () => {
      this.#before = { frame: this.#frame(), devices: this.#devices() };
    },
    after: (name) => {
      if (name === 'frozen') this.#frozenFrame = this.#before?.frame;
      if (name === 'frozen-values') this.#frozenDevices = this.#before?.devices;
    },
  });
  readonly #site: Site;
  readonly #deps: PlcSimulatorDeps;
  readonly #events: readonly PlcEvent[];
  readonly #byHand = new Map<string, PlcEvent>();
  #before: { frame: PlcFrame; devices: readonly PlcDevice[] } | undefined;
  #frozenFrame: PlcFrame | undefined;
  #frozenDevices: readonly PlcDevice[] | undefined;
  #bypass: 0 | 1 = 0;
  #iteration = 0;

  constructor(site: Site, deps: PlcSimulatorDeps) {
    this.#site = site;
    this.#deps = deps;
    this.#events = inOrder(deps.events);
    const problems = impossibleEvents(this.#plainDevices(), deps.events);
    if (problems.length === 0) return;
    throw new PyrosError('SCENARIO_INVALID', problems.join(' '), {
      remedy: 'Name devices and values in the scenario as the PLC’s status frame does.',
    });
  }

  async handle(text: string): Promise<Reply> {
    const request = parsePlcRequest(text);
    const answers = request.ok
      ? request.commands.flatMap(({ name, value }) => this.#answer(name, value))
      : [error(request.reason)];
    return { text: JSON.stringify(answers) };
  }

  /** Counts a STATUS that its wire did not let through: a scenario goes on meanwhile. */
  missed(): void {
    this.#iteration++;
  }

  /**
   * Sets a value by hand, over weather and scenario, or gives it back to them with `auto`. Throws
   * `VALUE_UNKNOWN` on what the PLC does not have, or on another type.
   */
  setValue(device: string, name: string, value: number | string): void {
    const key = `${device}.${name}`;
    if (value === 'auto') return void this.#byHand.delete(key);
    const event = { when: { iteration: 0 }, device, value: { name, value } };
    const [problem] = impossibleEvents(this.#plainDevices(), [event]);
    if (problem) throw new PyrosError('VALUE_UNKNOWN', problem);
    this.#byHand.set(key, event);
  }

  #answer(name: string, value: unknown): object[] {
    if (name === 'STATUS' && value === undefined) {
      this.#iteration++;
      const frame = this.faults.has('frozen') ? this.#frozenFrame : this.#frame();
      return this.faults.has('two-frames') ? [frame ?? {}, frame ?? {}] : [frame ?? {}];
    }
    if (name === 'BYPASS' && (value === 0 || value === 1)) {
      if (!this.faults.has('ignores-bypass')) this.#bypass = value;
      return [{ name, value }];
    }
    return [error(`${name} is not a command here, or its value is wrong`)];
  }

  #frame(): PlcFrame {
    const date = iso(this.#deps.clock.now() + clockErrorMs(this.faults)).slice(0, 19);
    const measured = this.faults.has('frozen-values') ? this.#frozenDevices : this.#devices();
    const devices = underReportFaults(measured ?? [], this.faults);
    return {
      name: 'STATUS',
      from: 'Beckhoff',
      version_firmware: '20170809',
      site: this.#site.name,
      date,
      device: devices.map(({ values, ...device }) => ({ ...device, date, values })),
    };
  }

  #devices(): readonly PlcDevice[] {
    const moment = { nowMs: this.#deps.clock.now(), iteration: this.#iteration };
    const events = [...this.#events, ...this.#byHand.values()];
    const devices = devicesAt(this.#plainDevices(), events, moment);
    return underWeatherFaults(devices, this.faults, moment.nowMs);
  }

  #plainDevices() {
    const place = { ...this.#site, seed: this.#deps.seed };
    return plcDevices(siteWeather(place, this.#deps.clock.now()), this.#bypass);
  }
}

function error(comment: string): object {
  return { name: 'ERROR', comment: comment.slice(0, 200) };
}
