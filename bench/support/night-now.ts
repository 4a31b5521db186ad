import type { Random } from '#platform';
import { formatDec, formatRa, horizontalToIcrs, normalizeSignedDeg, sunPosition } from '#sky';
import { agentsWithUnit, type Site, type Unit, unitOf } from '#unit';
import { setAt, type UnitPorts, unitOnPorts } from './unit-on-ports.ts';

/** Late in the evening, so that hours of darkness are left wherever the season. */
const LOCAL_SOLAR_HOUR = 22;
const LATITUDE_DEG = 30;

/** Where the routine work is, and around which the alerts come: high, east of the meridian. */
const ROUTINE = { altDeg: 65, azDeg: 130 };

/** A place where it is deep night at an instant (UTC ms), in the hemisphere that has winter. */
export function siteInTheDark(nowMs: number): Site {
  const utcHours = (nowMs / 3_600_000) % 24;
  const anywhere = { name: 'Bench', latDeg: 0, lonDeg: 0, altitudeM: 1000 };
  const isNorthernWinter = sunPosition(anywhere, nowMs).decDeg < 0;
  const lonDeg = normalizeSignedDeg((LOCAL_SOLAR_HOUR - utcHours) * 15);
  return { ...anywhere, latDeg: isNorthernWinter ? LATITUDE_DEG : -LATITUDE_DEG, lonDeg };
}

/**
 * The simulated unit on real time, its mechanics hurried: what moves between two alerts is not what
 * is measured. Detectors, agents and rules are those of the product, without the web server.
 */
export function hurriedUnit(site: Site, ports: UnitPorts): Unit {
  const document = unitOnPorts(ports);
  const set = (path: string, value: unknown) => setAt(document, path, value);
  set('site', site);
  set('mounts.0.slewDegPerSecond', 90);
  set('mounts.0.slewAccelDegPerSecond2', 90);
  set('mounts.0.settleSeconds', 0);
  for (const channel of [0, 1]) {
    set(`channels.${channel}.wheelSeconds`, 0.2);
    set(`channels.${channel}.detector.readoutSeconds`, 0.3);
  }
  set('dome.openSeconds', 1);
  set('dome.closeSeconds', 1);
  set('dome.turnDegPerSecond', 360);
  set('night.moonDistanceDeg', 0);
  const unit = unitOf(document.toString(), 'the unit of the bench');
  const limits = unit.plc.limits.map((limit) => ({ ...limit, goodDelaySeconds: 0 }));
  const agents = agentsWithUnit(unit).filter((agent) => agent.kind !== 'web');
  return { ...unit, plc: { ...unit.plc, limits }, agents };
}

/** Fine weather since a minute ago, and the night acknowledged. */
export function fineNight(nowMs: number): unknown {
  const at = new Date(nowMs - 60_000).toISOString();
  const values: [string, string, number][] = [
    ['OBSERVATORY', 'NightAck', 1],
    ['MLX90614-1', 'SkyTemperature', -25],
    ...['WXT520', 'VantagePro'].flatMap((station): [string, string, number][] => [
      [station, 'RainRate', 0],
      [station, 'OutsideHumidity', 40],
      [station, 'WindSpeed', 3],
      [station, 'OutsideTemp', 10],
    ]),
  ];
  return [
    10,
    ...values.map(([device_name, value_name, value]) => {
      return { at, plcSimulator: { device_name, value_name, value } };
    }),
  ];
}

/** Images of the ordinary sequence: more than any run of the bench can take. */
const ROUTINE_IMAGES = 600;

/** A request file with one long ordinary sequence that is due at once and high in the sky. */
export function routineRequest(site: Site, nowMs: number): string {
  const { raDeg, decDeg } = horizontalToIcrs(ROUTINE, site, nowMs);
  const coordinates = `${formatRa(raDeg)} ${formatDec(decDeg)}`;
  const plan = (filter: string) =>
    `<plan name="${filter}" filter="${filter}" duration="2" nb_images="${ROUTINE_IMAGES}"/>`;
  return `<request submitted="1" relative="1" name="Routine" scientific_program="Clusters"
      target_type="test">
    <sequence name="Routine" target="Routine" target_coords="${coordinates}" jd1="0" jd2="20000"
        duration="0" priority="10" start="IMMEDIATE">
      <album name="visible" detector="VIS">${plan('r')}</album>
      <album name="infrared" detector="NIR">${plan('J')}</album>
    </sequence>
  </request>`;
}

/** One short exposure on each channel, so that the telescope soon goes back to its routine. */
export const SHORT_STRATEGY = {
  name: 'bench',
  content: JSON.stringify({
    name: 'bench',
    match: { missions: ['Swift'], kinds: ['burst'], maxErrorDeg: 0.15 },
    request: {
      name: '{name}',
      program: 'GRB',
      targetType: 'GRB',
      priority: 1,
      sequences: [
        {
          name: '{mission} {trigger}',
          startMode: 'IMMEDIATE',
          expiresAfterSeconds: 3600,
          albums: [
            { channel: 'VIS', plans: [{ filter: 'r', exposureSeconds: 0.5, images: 1 }] },
            { channel: 'NIR', plans: [{ filter: 'J', exposureSeconds: 0.5, images: 1 }] },
          ],
        },
      ],
    },
  }),
};

/** A place within some 20 degrees of the routine target, as it stands now. */
export function placeOfAlert(site: Site, nowMs: number, random: Random) {
  const direction = {
    altDeg: ROUTINE.altDeg + 10 * (2 * random.next() - 1),
    azDeg: ROUTINE.azDeg + 20 * (2 * random.next() - 1),
  };
  return horizontalToIcrs(direction, site, nowMs);
}
