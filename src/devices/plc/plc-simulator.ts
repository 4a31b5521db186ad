import { type Clock, iso, PyrosError } from '#platform';
import type { Site } from '#unit';
import type { Endpoint, Reply } from '../link/link.ts';
import type { PlcEvent } from '../scenario.ts';
import type { PlcFrame } from './plc.ts';
import { plcDevices } from './plc-devices.ts';
import { devicesAt, impossibleEvents, inOrder, parsePlcRequest } from './plc-model.ts';
import { siteWeather } from './site-weather.ts';

/** What a simulated PLC needs besides its site. */
export interface PlcSimulatorDeps {
  readonly clock: Clock;
  readonly seed: number;
  readonly events: readonly PlcEvent[];
}

/**
 * The site's controller: fair weather that drifts with the hour, and what the scenario overrides.
 * Answers a JSON list with one object per command. Throws `SCENARIO_INVALID` on an event that names
 * no value of the PLC.
 */
export class PlcSimulator implements Endpoint {
  readonly #site: Site;
  readonly #deps: PlcSimulatorDeps;
  readonly #events: readonly PlcEvent[];
  #bypass: 0 | 1 = 0;
  #iteration = 0;

  constructor(site: Site, deps: PlcSimulatorDeps) {
    this.#site = site;
    this.#deps = deps;
    this.#events = inOrder(deps.events);
    const problems = impossibleEvents(this.#plainDevices(deps.clock.now()), deps.events);
    if (problems.length === 0) return;
    throw new PyrosError('SCENARIO_INVALID', problems.join(' '), {
      remedy: 'Name devices and values in the scenario as the PLC’s status frame does.',
    });
  }

  async handle(text: string): Promise<Reply> {
    const request = parsePlcRequest(text);
    const answers = request.ok
      ? request.commands.map(({ name, value }) => this.#answer(name, value))
      : [error(request.reason)];
    return { text: JSON.stringify(answers) };
  }

  #answer(name: string, value: unknown): object {
    if (name === 'STATUS' && value === undefined) return this.#status();
    if (name === 'BYPASS' && (value === 0 || value === 1)) {
      this.#bypass = value;
      return { name, value };
    }
    return error(`${name} is not a command here, or its value is wrong`);
  }

  #status(): PlcFrame {
    const nowMs = this.#deps.clock.now();
    this.#iteration++;
    const moment = { nowMs, iteration: this.#iteration };
    const date = iso(nowMs).slice(0, 19);
    const devices = devicesAt(this.#plainDevices(nowMs), this.#events, moment);
    return {
      name: 'STATUS',
      from: 'Beckhoff',
      version_firmware: '20170809',
      site: this.#site.name,
      date,
      device: devices.map(({ values, ...device }) => ({ ...device, date, values })),
    };
  }

  #plainDevices(nowMs: number) {
    const weather = siteWeather({ ...this.#site, seed: this.#deps.seed }, nowMs);
    return plcDevices(weather, this.#bypass);
  }
}

function error(comment: string): object {
  return { name: 'ERROR', comment: comment.slice(0, 200) };
}
