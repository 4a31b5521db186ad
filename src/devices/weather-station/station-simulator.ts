import { type Clock, iso, PyrosError } from '#platform';
import type { Site, StationSpec } from '#unit';
import { FaultSet } from '../faults/fault-set.ts';
import { WIRE_FAULTS } from '../faults/wire-faults.ts';
import { okReply } from '../link/device-reply.ts';
import type { Endpoint, Reply } from '../link/link.ts';
import { answer, answerNative } from '../link/request-table.ts';
import type { PlcDevice } from '../plc/plc.ts';
import { stationValues } from '../plc/plc-devices.ts';
import { clockErrorMs, underReportFaults, VALUE_FAULTS } from '../plc/plc-faults.ts';
import { siteWeather } from '../plc/site-weather.ts';

/** What a simulated station needs besides its specification. */
export interface StationSimulatorDeps {
  readonly clock: Clock;
  readonly site: Site;
  readonly seed: number;
}

/** A weather station on the line protocol: the same weather as the PLC's, at its own place. */
export class StationSimulator implements Endpoint {
  readonly faults = new FaultSet([...VALUE_FAULTS, ...WIRE_FAULTS], {
    before: () => {
      this.#before = this.#report();
    },
    after: (name) => {
      if (name.startsWith('frozen')) this.#frozen = this.#before;
    },
  });
  readonly #spec: StationSpec;
  readonly #deps: StationSimulatorDeps;
  readonly #byHand = new Map<string, number>();
  #before: PlcDevice | undefined;
  #frozen: PlcDevice | undefined;

  constructor(spec: StationSpec, deps: StationSimulatorDeps) {
    this.#spec = spec;
    this.#deps = deps;
  }

  handle(text: string): Promise<Reply> {
    return answer(
      {
        'GET STATUS': () => okReply(this.#told()),
        'DO NATIVE': (request) => answerNative(this, request),
      },
      text,
    );
  }

  /** Sets a value by hand, or gives it back to the weather with `auto`. Throws `VALUE_UNKNOWN`. */
  setValue(device: string, name: string, value: number | string): void {
    const { values } = this.#measured();
    const isKnown = device === this.#spec.alias && values.some((one) => one.name === name);
    if (!isKnown || (value !== 'auto' && typeof value !== 'number')) {
      const names = values.map((one) => one.name).join(', ');
      throw new PyrosError('VALUE_UNKNOWN', `${this.#spec.alias} has the numbers ${names}.`);
    }
    if (typeof value === 'number') this.#byHand.set(name, value);
    else this.#byHand.delete(name);
  }

  #told(): PlcDevice {
    if (this.faults.has('frozen') && this.#frozen) return this.#frozen;
    const now = this.#report();
    return this.faults.has('frozen-values') && this.#frozen
      ? { ...now, values: this.#frozen.values }
      : now;
  }

  #report(): PlcDevice {
    const date = iso(this.#deps.clock.now() + clockErrorMs(this.faults)).slice(0, 19);
    const [told] = underReportFaults([this.#measured()], this.faults);
    return { ...(told ?? this.#measured()), date };
  }

  #measured(): PlcDevice {
    const { site, seed, clock } = this.#deps;
    const values = stationValues(siteWeather({ ...site, seed }, clock.now()));
    return {
      name: this.#spec.alias,
      type: 'meteo',
      serial_number: 'Unknown',
      valid: 'yes',
      values: values.map((one) => ({ ...one, value: this.#byHand.get(one.name) ?? one.value })),
    };
  }
}
