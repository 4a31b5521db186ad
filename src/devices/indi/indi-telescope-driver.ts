import { iso, PyrosError, sentenceOf } from '#platform';
import {
  altAz,
  dateToIcrs,
  horizontalToIcrs,
  icrsToDate,
  normalizeDeg,
  type RaDec,
  separationDeg,
} from '#sky';
import type { MountSpec, Site } from '#unit';
import { refuseUnless } from '../refusal.ts';
import type {
  Pointing,
  Telescope,
  TelescopeMotion,
  TelescopeStatus,
} from '../telescope/telescope.ts';
import type { IndiDriverDeps } from './driver-deps.ts';
import { IndiDevice, setNumbers, switchOn } from './indi-device.ts';
import { nativeAnswer } from './native-answer.ts';

const COORDINATES = 'EQUATORIAL_EOD_COORD';
/** Longest slew that is waited for, seconds. */
const LONGEST_SLEW_SECONDS = 600;
/** A mount that arrives where the target was when it left is sent again, so often at most. */
const CORRECTIONS = 3;
const GOOD_ENOUGH_DEG = 3 / 3600;

/**
 * A mount behind INDI. It works in right ascension and declination of date; ours are ICRS. Some mounts
 * do not follow the sky while they slew and arrive seconds of time behind: such a slew is not over
 * until the mount was sent to its target again.
 */
export class IndiTelescope implements Telescope {
  readonly #spec: MountSpec;
  readonly #site: Site;
  readonly #deps: IndiDriverDeps;
  readonly #mount: IndiDevice;
  /** The target on the way to which the mount is; null when it has arrived or has other orders. */
  #target: Pointing | null = null;

  constructor(name: string, plate: { spec: MountSpec; site: Site }, deps: IndiDriverDeps) {
    this.#spec = plate.spec;
    this.#site = plate.site;
    this.#deps = deps;
    this.#mount = new IndiDevice({
      client: deps.client,
      name,
      log: deps.log,
      needs: [COORDINATES, 'TELESCOPE_ABORT_MOTION', 'TELESCOPE_PARK'],
      setUp: (mount) => this.#setUp(mount),
      rescue: { property: 'TELESCOPE_ABORT_MOTION', order: switchOn('ABORT') },
    });
  }

  async status(): Promise<TelescopeStatus> {
    await this.#mount.alive();
    const nowMs = this.#deps.clock.now();
    const place = this.#place(nowMs);
    if (!place) throw this.#lost();
    return {
      motion: this.#motion(),
      ...place,
      ...altAz(place, this.#site, nowMs),
      stopSensor: false,
      homed: true,
      flatPosition: false,
      atMs: nowMs,
    };
  }

  async goto(target: Pointing): Promise<void> {
    this.#refuseOutOfReach(target);
    await this.#mount.ready();
    this.#target = null;
    if (this.#mount.isOn('TELESCOPE_PARK', 'PARK') || this.#mount.isBusy('TELESCOPE_PARK')) {
      await this.#unpark();
    }
    if (this.#mount.has('ON_COORD_SET') && !this.#mount.isOn('ON_COORD_SET', 'TRACK')) {
      await this.#mount.order('ON_COORD_SET', switchOn('TRACK'));
    }
    await this.#point(target);
    this.#target = target;
    void this.#follow(target);
  }

  async stop(): Promise<void> {
    await this.#mount.ready();
    this.#target = null;
    if (this.#motion() === 'parked') return;
    await this.#mount.order('TELESCOPE_ABORT_MOTION', switchOn('ABORT'), 'fresh');
    if (!this.#mount.has('TELESCOPE_TRACK_STATE')) return;
    await this.#mount.order('TELESCOPE_TRACK_STATE', switchOn('TRACK_OFF'));
  }

  async park(): Promise<void> {
    await this.#mount.ready();
    this.#target = null;
    const motion = this.#motion();
    if (motion === 'parked' || motion === 'parking') return;
    await this.#mount.order('TELESCOPE_PARK', switchOn('PARK'), 'fresh');
  }

  async home(): Promise<void> {
    await this.#mount.ready();
    const isPossible = this.#mount.has('TELESCOPE_HOME');
    refuseUnless(isPossible, this.#spec.alias, 'This mount has no reference marks to look for.');
    this.#target = null;
    await this.#mount.order('TELESCOPE_HOME', switchOn('GO'), 'fresh');
  }

  native(request: string): Promise<string> {
    return nativeAnswer([this.#mount], request);
  }

  async close(): Promise<void> {
    this.#deps.client.stop();
  }

  /** Where it is, what time it is, its optics, and where it parks. */
  async #setUp(mount: IndiDevice): Promise<void> {
    const { latDeg, lonDeg, altitudeM } = this.#site;
    const nowMs = this.#deps.clock.now();
    const location = { LAT: latDeg, LONG: normalizeDeg(lonDeg), ELEV: altitudeM };
    await mount.put('GEOGRAPHIC_COORD', setNumbers(location));
    const values = { UTC: iso(nowMs).slice(0, 19), OFFSET: '0' };
    await mount.put('TIME_UTC', { kind: 'text', values });
    if (mount.has('TELESCOPE_INFO')) await mount.put('TELESCOPE_INFO', setNumbers(this.#optics()));
    await this.#setParkPosition(mount, nowMs);
  }

  /** Millimetres, within what INDI takes for a telescope. */
  #optics(): Record<string, number> {
    const { apertureM, focalLengthM } = this.#spec;
    const TELESCOPE_APERTURE = Math.min(5000, apertureM * 1000);
    return { TELESCOPE_APERTURE, TELESCOPE_FOCAL_LENGTH: Math.min(10_000, focalLengthM * 1000) };
  }

  async #setParkPosition(mount: IndiDevice, nowMs: number): Promise<void> {
    if (mount.number('TELESCOPE_PARK_POSITION', 'PARK_DEC') === undefined) return;
    const place = horizontalToIcrs(this.#spec.park, this.#site, nowMs);
    const PARK_HA = altAz(place, this.#site, nowMs).haDeg / 15;
    const PARK_DEC = icrsToDate(place, nowMs).decDeg;
    await mount.put('TELESCOPE_PARK_POSITION', setNumbers({ PARK_HA, PARK_DEC }), 'fresh');
  }

  #refuseOutOfReach(target: Pointing): void {
    const { alias, minAltDeg } = this.#spec;
    const { raDeg, decDeg } = target;
    const isOnSky = raDeg >= 0 && raDeg < 360 && decDeg >= -90 && decDeg <= 90;
    refuseUnless(isOnSky, alias, 'RA must be in [0, 360[ and Dec in [-90, 90] degrees.');
    const { altDeg } = altAz(target, this.#site, this.#deps.clock.now());
    const sentence = `Elevation ${altDeg.toFixed(2)} is below the limit of ${minAltDeg} degrees.`;
    refuseUnless(altDeg >= minAltDeg, alias, sentence);
  }

  async #unpark(): Promise<void> {
    if (this.#mount.isBusy('TELESCOPE_PARK')) {
      await this.#mount.order('TELESCOPE_ABORT_MOTION', switchOn('ABORT'), 'fresh');
    }
    await this.#mount.order('TELESCOPE_PARK', switchOn('UNPARK'));
  }

  async #point(target: Pointing): Promise<void> {
    const { raDeg, decDeg } = icrsToDate(target, this.#deps.clock.now());
    await this.#mount.order(COORDINATES, setNumbers({ RA: raDeg / 15, DEC: decDeg }), 'busy');
  }

  /** Until the mount stands on its target, or has another one. */
  async #follow(target: Pointing): Promise<void> {
    const isOver = () => this.#target !== target || !this.#mount.isBusy(COORDINATES);
    try {
      for (let sent = 0; sent <= CORRECTIONS; sent++) {
        await this.#mount.until(isOver, LONGEST_SLEW_SECONDS);
        if (this.#target !== target) return;
        const place = this.#place(this.#deps.clock.now());
        if (!place || separationDeg(place, target) < GOOD_ENOUGH_DEG || sent === CORRECTIONS) break;
        await this.#point(target);
      }
    } catch (error) {
      this.#deps.log(`The mount was not sent to its target again: ${sentenceOf(error)}`);
    }
    if (this.#target === target) this.#target = null;
  }

  #place(nowMs: number): RaDec | undefined {
    const hours = this.#mount.number(COORDINATES, 'RA');
    const decDeg = this.#mount.number(COORDINATES, 'DEC');
    if (hours === undefined || decDeg === undefined) return undefined;
    return dateToIcrs({ raDeg: normalizeDeg(hours * 15), decDeg }, nowMs);
  }

  #motion(): TelescopeMotion {
    const mount = this.#mount;
    if (mount.isBusy('TELESCOPE_PARK')) return 'parking';
    if (mount.isOn('TELESCOPE_PARK', 'PARK')) {
      if (mount.isAlert('TELESCOPE_PARK')) return 'fault';
      return mount.isBusy(COORDINATES) ? 'parking' : 'parked';
    }
    if (mount.isBusy('TELESCOPE_HOME')) return 'homing';
    if (this.#target || mount.isBusy(COORDINATES)) return 'slewing';
    if (mount.isAlert(COORDINATES)) return 'fault';
    return mount.isOn('TELESCOPE_TRACK_STATE', 'TRACK_ON') ? 'tracking' : 'stopped';
  }

  #lost(): PyrosError {
    return new PyrosError('DEVICE_GARBLED', `${this.#mount.name} does not say where it points.`);
  }
}
