import { seededRandom } from '#platform';

/** The weather over a site at one instant, in the units of the PLC's frame. */
export interface SiteWeather {
  readonly outsideTempC: number;
  readonly insideTempC: number;
  readonly outsideHumidityPercent: number;
  readonly insideHumidityPercent: number;
  readonly pressureMbar: number;
  readonly windMs: number;
  readonly windDirDeg: number;
  readonly dewPointC: number;
  readonly skyTemperatureC: number;
  /** Full width of a star's image, arcseconds. */
  readonly seeingArcsec: number;
}

const HOUR_MS = 3_600_000;

/** Where and under which seed. */
export interface WeatherPlace {
  readonly seed: number;
  readonly lonDeg: number;
  readonly altitudeM: number;
}

/**
 * A fair night that drifts slowly: a daily wave of temperature (coldest at 5 h, warmest at 15 h
 * local mean time) and slow waves whose phases the seed decides. A pure function of time: whoever
 * asks, and however often, sees the same weather.
 */
export function siteWeather({ seed, lonDeg, altitudeM }: WeatherPlace, ms: number): SiteWeather {
  const wave = (name: string, hours: number): number => {
    const phase = seededRandom(seed).fork(name).next();
    return Math.sin(2 * Math.PI * (ms / (hours * HOUR_MS) + phase));
  };
  const localHour = ms / HOUR_MS + lonDeg / 15;
  const daily = Math.cos((2 * Math.PI * (localHour - 15)) / 24);
  const outsideTempC = 11 + 4 * daily + 0.8 * wave('temperature', 7);
  const outsideHumidityPercent = 52 - 9 * daily + 5 * wave('humidity', 9) + wave('damp', 0.7);
  return {
    outsideTempC,
    insideTempC: 14 + 1.5 * daily + 0.3 * wave('inside', 5),
    outsideHumidityPercent,
    insideHumidityPercent: 45 - 3 * daily + 2 * wave('inside damp', 8),
    pressureMbar: standardPressureMbar(altitudeM) + 2 * wave('pressure', 31),
    windMs: 3.5 + 1.5 * wave('wind', 6) + 0.8 * wave('gust', 0.17),
    windDirDeg: (((210 + 40 * wave('wind direction', 11)) % 360) + 360) % 360,
    dewPointC: dewPointC(outsideTempC, outsideHumidityPercent),
    skyTemperatureC: -19 + 2 * daily + 2 * wave('sky', 4),
    seeingArcsec: 1.8 + 0.25 * wave('seeing', 3) + 0.15 * wave('seeing flicker', 0.4),
  };
}

/** Dew point by the Magnus formula with Sonntag's (1990) constants over water, Celsius. */
export function dewPointC(tempC: number, humidityPercent: number): number {
  const gamma = Math.log(humidityPercent / 100) + (17.62 * tempC) / (243.12 + tempC);
  return (243.12 * gamma) / (17.62 - gamma);
}

/** Mean pressure at a height, ICAO standard atmosphere, mbar. */
function standardPressureMbar(altitudeM: number): number {
  return 1013.25 * (1 - 2.25577e-5 * altitudeM) ** 5.25588;
}
