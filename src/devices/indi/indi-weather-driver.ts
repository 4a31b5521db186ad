import { iso } from '#platform';
import type { StationSpec } from '#unit';
import type { PlcDevice, PlcValue } from '../plc/plc.ts';
import type { WeatherStation } from '../weather-station/weather-station.ts';
import type { IndiDriverDeps } from './driver-deps.ts';
import { IndiDevice, setNumbers, switchOn } from './indi-device.ts';
import { nativeAnswer } from './native-answer.ts';
import { weatherValues } from './weather-values.ts';

const PARAMETERS = 'WEATHER_PARAMETERS';
/** How often the driver reads its station. Not more often: a real one is slow. */
const UPDATE_SECONDS = 5;

/** A weather station behind INDI. */
export class IndiWeatherStation implements WeatherStation {
  readonly #spec: StationSpec;
  readonly #deps: IndiDriverDeps;
  readonly #station: IndiDevice;
  /** When it measured last, UTC ms. */
  #measuredMs: number | null = null;

  constructor(name: string, spec: StationSpec, deps: IndiDriverDeps) {
    const { client, clock, log } = deps;
    this.#spec = spec;
    this.#deps = deps;
    client.listen((message) => {
      if (message?.kind !== 'set' || message.vector.device !== name) return;
      if (message.vector.name === PARAMETERS) this.#measuredMs = clock.now();
    });
    this.#station = new IndiDevice({
      client,
      name,
      log,
      needs: [PARAMETERS],
      setUp: (station) => this.#setUp(station),
    });
  }

  async status(): Promise<PlcDevice> {
    await this.#station.alive();
    const isValid = this.#measuredMs !== null && !this.#station.isAlert(PARAMETERS);
    return {
      name: this.#spec.alias,
      type: 'meteo',
      serial_number: 'Unknown',
      valid: isValid ? 'yes' : 'no',
      date: iso(this.#measuredMs ?? 0).slice(0, 19),
      values: this.#values(),
    };
  }

  native(request: string): Promise<string> {
    return nativeAnswer([this.#station], request);
  }

  async close(): Promise<void> {
    this.#deps.client.stop();
  }

  async #setUp(station: IndiDevice): Promise<void> {
    this.#measuredMs = null;
    if (station.has('WEATHER_UPDATE')) {
      await station.put('WEATHER_UPDATE', setNumbers({ PERIOD: UPDATE_SECONDS }));
    }
    if (station.has('WEATHER_REFRESH')) {
      await station.put('WEATHER_REFRESH', switchOn('REFRESH'), 'fresh');
    }
  }

  #values(): readonly PlcValue[] {
    const vector = this.#station.vector(PARAMETERS);
    if (vector?.kind !== 'number') return [];
    return weatherValues(
      [...vector.members].map(([name, { label, value }]) => ({ name, label, value })),
    );
  }
}
