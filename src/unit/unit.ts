import { z } from 'zod';
import { limitsSchema, measuresSchema } from './limits.ts';

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

/**
 * Who commands a device: `full`, we do; `read-only`, it is watched and every command is refused before
 * it reaches the device; `simulated`, a simulator of ours is served at its address.
 */
const control = z.enum(['full', 'read-only', 'simulated']);

/** Which language a device speaks: ours (docs/wire-protocol.md), or INDI under that device name. */
const driver = z.union([z.literal('pyros'), z.strictObject({ indi: alias })]).default('pyros');

/** What every device of the unit file says of itself. */
const device = {
  alias,
  control,
  /** Where it answers us. An INDI device is served there by a process of ours that speaks to INDI. */
  address,
  driver,
  /** Last maintenance. */
  maintained: z.iso.date().optional(),
};

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
  /** How far from the focuser's zero its focus is, steps. */
  focusSteps: z.int().min(-100_000).max(100_000).default(0),
});

const focuserSchema = z.strictObject({
  ...device,
  /** Its travel, and where the first filters without an offset are in focus, steps. */
  minSteps: z.int(),
  maxSteps: z.int(),
  zeroSteps: z.int(),
  stepsPerSecond: z.number().positive(),
});

const channelSchema = z.strictObject({
  description: z.string().default(''),
  /** Other names under which requests may ask for this detector. */
  aliases: z.array(z.string()).default([]),
  ...device,
  /** With INDI, the camera and its wheel are two devices; without a wheel there is one filter. */
  driver: z
    .union([z.literal('pyros'), z.strictObject({ indi: alias, wheel: alias.optional() })])
    .default('pyros'),
  instrument: alias,
  detector: z.strictObject({
    width: z.int().min(16).max(16384),
    height: z.int().min(16).max(16384),
    pixelArcsec: z.number().positive().max(60),
    gainElectronsPerAdu: z.number().positive(),
    readNoiseElectrons: z.number().min(0),
    biasAdu: z.number().min(0).max(60000),
    darkElectronsPerSecond: z.number().min(0),
    /** Where it is cooled to for the night, and how near to it images are good. */
    temperatureC: degrees(-273, 40),
    temperatureToleranceC: z.number().positive().max(50).default(2),
    /** How fast it cools and warms, degrees a minute. */
    coolDegPerMinute: z.number().positive().default(20),
    /** A detector that is still too warm after this takes images that are marked so. */
    coolWaitSeconds: seconds.default(1800),
    readoutSeconds: seconds,
  }),
  wheelSeconds: seconds,
  focuser: focuserSchema.optional(),
  filters: z.array(filterSchema).min(1),
});

const mountSchema = z.strictObject({
  ...device,
  description: z.string().default(''),
  telescope: alias,
  apertureM: z.number().positive().max(100),
  focalLengthM: z.number().positive().max(1000),
  /** Greatest speed of one axis, degrees per second. */
  slewDegPerSecond: z.number().positive().max(90),
  /** Acceleration of one axis, degrees per second squared. */
  slewAccelDegPerSecond2: z.number().positive().max(90),
  settleSeconds: z.number().min(0).max(120),
  minAltDeg: degrees(0, 89),
  /** How near to its park position a mount that calls itself parked must be (hazard F16). */
  parkToleranceDeg: z.number().positive().max(20).default(1),
  /** Never nearer to the Sun than this, day or night. */
  sunLimitDeg: degrees(0, 90).default(20),
  /** A German mount is not followed beyond this after the meridian, hours; none: no such limit. */
  meridianLimitHours: z.number().min(-6).max(6).optional(),
  park: z.strictObject({ altDeg: degrees(-5, 90), azDeg: degrees(0, 360) }),
});

const domeSchema = z.strictObject({
  ...device,
  /** Nothing is told of a dome that does not move before it had its time: no roof needs more. */
  openSeconds: seconds.max(1800),
  closeSeconds: seconds.max(1800),
  turnDegPerSecond: z.number().positive(),
  /** The dead-man: how long the dome may stay open after the guardian's last word. */
  permitSeconds: seconds.max(120),
  /** A slit farther than this from where the telescope looks is in its way. */
  slitToleranceDeg: z.number().positive().max(90).default(15),
  /**
   * For a roof that the telescope may be in the way of: it is parked first, for so long at most; then
   * the roof closes all the same, or waits for a person. Absent: closing waits for nothing.
   */
  parkFirst: z
    .strictObject({ deadlineSeconds: seconds.max(600), thenClose: z.boolean() })
    .optional(),
});

const plcSchema = z.strictObject({
  ...device,
  pollSeconds: seconds.max(60),
  /** A value older than this is unknown, and unknown is unsafe. */
  maxAgeSeconds: seconds.max(600),
  /** Which sensors measure what; not said: those of the guide's frame. */
  measures: measuresSchema.prefault({}),
  limits: limitsSchema,
  /** What the PLC must tell of the observatory beside its alarms: not known is not OK. */
  required: z.array(z.enum(['doors', 'lights'])).default(['doors', 'lights']),
  /** What a person on site may overrule, and for how long (R-452 to R-455, hazard F55). */
  bypass: z
    .strictObject({
      longestMinutes: z.number().positive().max(720).default(30),
      /** The PLC must show the bypass so soon, or it is void and the PLC is called KO. */
      echoSeconds: seconds.max(120).default(10),
      /** Keys of reasons that no bypass covers. */
      never: z
        .array(z.string())
        .default(['rain', 'rainDetector', 'emergency stop', 'intrusion', 'UPS', 'plc', 'clock']),
    })
    .prefault({}),
});

/** A weather station with a wire of its own, beside those behind the PLC. */
const stationSchema = z.strictObject({ ...device });

/** What is taken at dusk and at dawn to calibrate the night. */
const calibrationsSchema = z.strictObject({
  /** Flats of the twilight sky, in every filter while the sky allows it. */
  flats: z
    .strictObject({
      images: z.int().min(1).max(50),
      /** Wanted median above the bias, counts. */
      adu: z.number().min(1000).max(60_000),
      /** Only exposures between these, seconds. */
      leastSeconds: seconds,
      mostSeconds: seconds,
    })
    .optional(),
  /** With everything closed, after dawn. */
  darks: z
    .strictObject({ images: z.int().min(1).max(50), seconds: z.array(seconds).min(1) })
    .optional(),
  biases: z.strictObject({ images: z.int().min(1).max(200) }).optional(),
});

/** A program that finds where an image looks, e.g. astrometry.net's `solve-field`. */
const solverSchema = z.strictObject({
  program: z.string().min(1),
  /** `{file}`, `{ra}`, `{dec}` (degrees), `{scale}` (arcsec/pixel) and `{out}` are filled in. */
  args: z.array(z.string()),
  channel: alias,
  exposureSeconds: seconds,
  /** The telescope is corrected until it is so near. */
  toleranceArcsec: z.number().positive(),
  tries: z.int().min(1).max(10),
  timeoutSeconds: seconds.max(600),
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
    'gic',
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
  stations: z.array(stationSchema).default([]),
  /**
   * The INDI server of devices with an INDI driver. With `drivers`, we run these programs ourselves
   * and serve them there; without, a server already listens there.
   */
  indi: z
    .strictObject({ server: address, drivers: z.array(z.string().min(1)).optional() })
    .optional(),
  calibrations: calibrationsSchema.prefault({}),
  solver: solverSchema.optional(),
  /** All statuses as JSON lines, for the long-term monitoring at GIC. */
  gic: z.strictObject({ listen: address, periodSeconds: seconds.max(600).default(6) }).optional(),
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
export type StationSpec = Unit['stations'][number];
export type FocuserSpec = NonNullable<Channel['focuser']>;
export type CalibrationsSpec = Unit['calibrations'];
export type SolverSpec = NonNullable<Unit['solver']>;
export type DriverName = MountSpec['driver'];
export type Limit = PlcSpec['limits'][number];
export type AgentSpec = Unit['agents'][number];
