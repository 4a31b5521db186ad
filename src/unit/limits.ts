import { z } from 'zod';

/**
 * What is watched on a site: which sensors measure what, and when a quantity is dangerous (GFT-REQ-290,
 *
 */

/** One value of one device, behind the PLC or of a weather station. */
const sensorSchema = z.strictObject({
  device: z.string().min(1),
  value: z.string().min(1),
  /** Unit of its corrected value where the frame names no scale (nothing, `bool`, `string`, `deg`). */
  unit: z.string().min(1).optional(),
  /** Corrected value = gain × raw + offset. */
  gain: z
    .number()
    .refine((gain) => gain !== 0, 'a gain of 0 makes every value alike')
    .default(1),
  offset: z.number().default(0),
  /** What it can give, in the unit of the limit; the physical range of the unit when not said. */
  least: z.number().optional(),
  most: z.number().optional(),
  /**
   * So many fresh readings of exactly the same value, and it no longer vouches that all is well; never
   * when not said. Only for what is never still: a rain gauge rightly says 0 for weeks.
   */
  frozenAfter: z.int().min(2).optional(),
});

/** Best sensor first. */
const sensors = z.array(sensorSchema);

const defaults = (value: string) =>
  sensors.default([
    { device: 'WXT520', value, gain: 1, offset: 0 },
    { device: 'VantagePro', value, gain: 1, offset: 0 },
  ]);
const only = (device: string, value: string) =>
  sensors.default([{ device, value, gain: 1, offset: 0 }]);

/** The sensors of each measure, best first. Not said: those of the guide's frame. */
export const measuresSchema = z.strictObject({
  temperature: defaults('OutsideTemp'),
  humidity: defaults('OutsideHumidity'),
  wind: defaults('WindSpeed'),
  windDir: defaults('WindDir'),
  pressure: defaults('Pressure'),
  rain: defaults('RainRate'),
  /** The sky's temperature by an infrared sensor, and that sensor's own. */
  cloud: only('MLX90614-1', 'SkyTemperature'),
  ambient: only('MLX90614-1', 'SensorTemperature'),
  seeing: sensors.default([]),
  insideTemperature: only('VantagePro', 'InsideTemp'),
  insideHumidity: only('VantagePro', 'InsideHumidity'),
});

/** Made of measures, not read from a sensor: a limit on one of these names no sensors. */
export const DERIVED_QUANTITIES = ['dewMargin', 'gust', 'pressureTrend', 'skyMargin'] as const;

/** No danger is borne for longer than this, seconds; rain wets a mirror sooner. */
const LONGEST_BAD_SECONDS = 600;
const LONGEST_RAIN_SECONDS = 60;

/** One watched quantity: when it is bad, and for how long it must be good again. */
const limitSchema = z
  .strictObject({
    quantity: z.enum([
      'rain',
      'rainDetector',
      'humidity',
      'wind',
      'cloud',
      'temperature',
      'pressure',
      'seeing',
      ...DERIVED_QUANTITIES,
    ]),
    /** Best sensor first; none: those of the measure of that name. */
    sensors: sensors.default([]),
    /** `worst`: any bad sensor is believed (rain); `ranked`: the first valid one is. */
    fusion: z.enum(['worst', 'ranked']).default('ranked'),
    /** Bad above this (or below, for `bad: below`). */
    bad: z.enum(['above', 'below']),
    limit: z.number(),
    /** Good again only from here on (hysteresis); at the limit itself when not said. */
    reopen: z.number().optional(),
    unit: z.string(),
    /** It must stay bad this long before it counts. */
    badDelaySeconds: z.number().min(0).max(LONGEST_BAD_SECONDS),
    /** It must stay good this long before it counts again: the dwell. */
    goodDelaySeconds: z.number().min(0),
    /** A value older than this is unknown; the PLC's `maxAgeSeconds` when not said. */
    maxAgeSeconds: z.number().positive().max(3600).optional(),
    /** Sensors farther apart than this disagree; a value by quantity when not said. */
    tolerance: z.number().positive().optional(),
    /** Over how long a gust is the strongest wind, or the pressure's trend is measured. */
    windowSeconds: z.number().min(60).max(10_800).optional(),
    /**
     * After so many reopenings within `reopeningHours`, the next bad spell lasts until noon or until a
     * person releases it; no cap when not said.
     */
    mostReopenings: z.int().min(1).optional(),
    reopeningHours: z.number().positive().max(24).default(2),
  })
  .refine(
    ({ bad, limit, reopen = limit }) => (bad === 'above' ? reopen <= limit : reopen >= limit),
    { path: ['reopen'], message: 'must be on the good side of the limit' },
  )
  .refine(
    ({ quantity, sensors: own }) =>
      own.length === 0 || !DERIVED_QUANTITIES.some((derived) => derived === quantity),
    {
      path: ['sensors'],
      message: 'this quantity is made of measures: it has no sensors of its own',
    },
  )
  .refine(
    ({ quantity, badDelaySeconds }) =>
      !quantity.startsWith('rain') || badDelaySeconds <= LONGEST_RAIN_SECONDS,
    {
      path: ['badDelaySeconds'],
      message: `rain is not borne for longer than ${LONGEST_RAIN_SECONDS} s`,
    },
  )
  .refine(({ quantity, sensors: own }) => quantity !== 'rainDetector' || own.length > 0, {
    path: ['sensors'],
    message: 'a rain detector needs its sensors',
  });

export const limitsSchema = z.array(limitSchema).min(1);

export type Sensor = z.infer<typeof sensorSchema>;
export type Measures = z.infer<typeof measuresSchema>;
export type Measure = keyof Measures;
