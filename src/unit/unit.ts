import { z } from 'zod';

/**
 * The unit file: one YAML file describes one unit, that is one mount, its channels (cameras) and
 * their environment. Unknown keys are errors.
 */
const alias = z.string().min(1).max(50);
const port = z.int().min(1).max(65535);
const loopbackOrHost = z.string().min(1);
const degrees = (low: number, high: number) => z.number().min(low).max(high);
const seconds = z.number().positive();
const address = z.strictObject({ host: loopbackOrHost, port });
const control = z.enum(['simulated']);

const siteSchema = z.strictObject({
  name: alias,
  latDeg: degrees(-90, 90),
  /** East positive. */
  lonDeg: degrees(-180, 180),
  altitudeM: z.number().min(-500).max(9000),
});

const horizonPoint = z.strictObject({ azDeg: degrees(0, 360), altDeg: degrees(-5, 85) });

const filterSchema = z.strictObject({
  name: alias,
  /** Other names under which requests may ask for it. */
  aliases: z.array(z.string()).default([]),
  /** Effective wavelength, nanometres: written in the FITS header. */
  wavelengthNm: z.number().min(100).max(30000),
  /** Magnitude of a star that gives one electron per second: decides what the simulator draws. */
  zeroPointMag: z.number().min(0).max(40),
  /** Sky brightness, magnitudes per square arcsecond. */
  skyMag: z.number().min(5).max(25),
});

const channelSchema = z.strictObject({
  alias,
  description: z.string().default(''),
  /** Other names under which requests may ask for this detector. */
  aliases: z.array(z.string()).default([]),
  control,
  address,
  instrument: alias,
  detector: z.strictObject({
    width: z.int().min(16).max(16384),
    height: z.int().min(16).max(16384),
    pixelArcsec: z.number().positive().max(60),
    gainElectronsPerAdu: z.number().positive(),
    readNoiseElectrons: z.number().min(0),
    biasAdu: z.number().min(0).max(60000),
    darkElectronsPerSecond: z.number().min(0),
    temperatureC: degrees(-273, 40),
    readoutSeconds: seconds,
  }),
  wheelSeconds: seconds,
  filters: z.array(filterSchema).min(1),
});

const mountSchema = z.strictObject({
  alias,
  description: z.string().default(''),
  control,
  address,
  telescope: alias,
  apertureM: z.number().positive().max(100),
  focalLengthM: z.number().positive().max(1000),
  /** Greatest speed of one axis, degrees per second. */
  slewDegPerSecond: z.number().positive().max(90),
  /** Acceleration of one axis, degrees per second squared. */
  slewAccelDegPerSecond2: z.number().positive().max(90),
  settleSeconds: z.number().min(0).max(120),
  minAltDeg: degrees(0, 89),
  park: z.strictObject({ altDeg: degrees(-5, 90), azDeg: degrees(0, 360) }),
});

const domeSchema = z.strictObject({
  alias,
  control,
  address,
  openSeconds: seconds,
  closeSeconds: seconds,
  turnDegPerSecond: z.number().positive(),
  /** The dead-man: how long the dome may stay open after the guardian's last word. */
  permitSeconds: seconds.max(120),
});

/** One watched quantity: when it is bad, and for how long it must be good again. */
const limitSchema = z.strictObject({
  quantity: z.enum([
    'rain',
    'humidity',
    'wind',
    'cloud',
    'temperature',
    'dewMargin',
    'rainDetector',
  ]),
  /** PLC device and value, best sensor first. */
  sensors: z.array(z.strictObject({ device: z.string(), value: z.string() })).min(1),
  /** `worst`: any bad sensor is believed (rain); `ranked`: the first valid one is. */
  fusion: z.enum(['worst', 'ranked']),
  /** Bad above this (or below, for `bad: below`). */
  bad: z.enum(['above', 'below']),
  limit: z.number(),
  unit: z.string(),
  /** It must stay bad this long before it counts. */
  badDelaySeconds: z.number().min(0),
  /** It must stay good this long before it counts again: the dwell. */
  goodDelaySeconds: z.number().min(0),
});

const plcSchema = z.strictObject({
  alias,
  control,
  address,
  pollSeconds: seconds.max(60),
  /** A value older than this is unknown, and unknown is unsafe. */
  maxAgeSeconds: seconds.max(600),
  limits: z.array(limitSchema).min(1),
});

const nightSchema = z.strictObject({
  /** The dome may open when the Sun is below this elevation. */
  openSunAltDeg: degrees(-18, 5),
  /** Science runs when the Sun is below this elevation. */
  scienceSunAltDeg: degrees(-18, 0),
  /** The dome closes for the day when the Sun rises above this elevation. */
  closeSunAltDeg: degrees(-18, 5),
  minAltDeg: degrees(0, 89),
  moonDistanceDeg: degrees(0, 120),
});

const agentSchema = z.strictObject({
  alias,
  kind: z.enum([
    'guardian',
    'environment',
    'majordome',
    'observer',
    'scheduler',
    'alert',
    'web',
    'telescope',
    'agentA',
    'agentB',
    'agentX',
  ]),
  computer: alias,
  /** `on-demand`: not with the unit, only when somebody starts it by name. */
  start: z.enum(['with-unit', 'on-demand']).default('with-unit'),
  /** Who may give it specific commands; anybody when not said. */
  obeys: z.array(alias).optional(),
  /** Restarts allowed in an hour before the agent is given up. */
  restartBudget: z.int().min(0).max(1000).default(20),
});

export const unitSchema = z.strictObject({
  unit: z.strictObject({ alias, description: z.string().default('') }),
  site: siteSchema,
  /** The local horizon, by steps between points of increasing azimuth. */
  horizon: z.array(horizonPoint).min(1),
  database: z.strictObject({ alias }),
  computers: z
    .array(z.strictObject({ alias, host: loopbackOrHost, description: z.string().default('') }))
    .min(1),
  mounts: z.array(mountSchema).min(1),
  channels: z.array(channelSchema).min(1),
  dome: domeSchema,
  plc: plcSchema,
  /** Where VOEvents come in (VOEvent Transport Protocol). */
  alerts: z.strictObject({
    listen: address,
    /** Addresses that may send; nobody when empty. */
    allow: z.array(z.string()).default([]),
  }),
  web: z.strictObject({ listen: address }),
  night: nightSchema,
  agents: z.array(agentSchema).min(1),
  /** What makes up the unit. */
  assembly: z.strictObject({ mounts: z.array(alias).min(1), channels: z.array(alias).min(1) }),
});

export type Unit = z.infer<typeof unitSchema>;
export type Site = Unit['site'];
export type Channel = Unit['channels'][number];
export type Filter = Channel['filters'][number];
export type MountSpec = Unit['mounts'][number];
export type DomeSpec = Unit['dome'];
export type PlcSpec = Unit['plc'];
export type Limit = PlcSpec['limits'][number];
export type AgentSpec = Unit['agents'][number];
