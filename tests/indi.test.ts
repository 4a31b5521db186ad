import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Camera,
  type Dome,
  openCamera,
  openDome,
  openFocuser,
  openStation,
  openTelescope,
  type Telescope,
} from '#devices';
import { horizontalToIcrs } from '#sky';
import { cameraContract } from '../src/devices/camera/camera-contract.ts';
import { domeContract } from '../src/devices/dome/dome-contract.ts';
import { newVector } from '../src/devices/indi/indi-message.ts';
import { telescopeContract } from '../src/devices/telescope/telescope-contract.ts';
import { stationContract } from '../src/devices/weather-station/station-contract.ts';
import { type IndiStage, indiStage, until } from './indi-stage.ts';
import { needs } from './needs.ts';

const indi = needs('indiserver');
const PERMIT_SECONDS = 2;
const TRAVEL_SECONDS = 6;

let stage: IndiStage;
let telescope: Telescope;
let camera: Camera;
let dome: Dome;
let benches = 0;

const sleep = (seconds: number) => stage.clock.sleep(seconds);

async function parked(): Promise<void> {
  const { motion } = await telescope.status();
  if (motion === 'parked') return;
  await telescope.park();
  await until(
    () => telescope.status(),
    (status) => status.motion === 'parked',
    60,
  );
}

/** Near the pole, where the mount rests, so that slews are short. */
function place(altDeg: number, azDeg: number) {
  return horizontalToIcrs({ altDeg, azDeg }, stage.unit.site, stage.clock.now());
}

async function telescopeBench() {
  await parked();
  const isAtRest = (motion: string) => !['slewing', 'parking', 'homing'].includes(motion);
  const pass = async (seconds: number) => {
    if (seconds <= 10) return sleep(seconds);
    await sleep(0.5);
    await until(
      () => telescope.status(),
      ({ motion }) => isAtRest(motion),
      seconds,
    );
  };
  return {
    telescope,
    target: place(50, 0),
    otherTarget: place(52, 8),
    belowHorizon: place(-20, 90),
    canHome: false,
    trackSeconds: 6,
    restDecimals: 2,
    pass,
  };
}

/** The names of exposures are used once for ever, those of the contract in each of its tests. */
async function cameraBench() {
  const bench = ++benches;
  const named = (exposureId: string) => `${exposureId}-${bench}`;
  const plain = <Known extends { exposureId: string | null }>(known: Known): Known => ({
    ...known,
    exposureId: known.exposureId?.replace(/-\d+$/, '') ?? null,
  });
  await camera.abort();
  await camera.setFilter('g');
  await until(
    () => camera.status(),
    ({ filter }) => filter === 'g',
    20,
  );
  const renamed: Camera = {
    status: async () => plain(await camera.status()),
    setFilter: (filter) => camera.setFilter(filter),
    expose: (wish) => camera.expose({ ...wish, exposureId: named(wish.exposureId) }),
    readout: async (exposureId) => plain(await camera.readout(named(exposureId))),
    stop: () => camera.stop(),
    cool: (setpointC) => camera.cool(setpointC),
    reset: () => camera.reset(),
    abort: () => camera.abort(),
    native: (request) => camera.native(request),
    close: () => camera.close(),
  };
  return {
    camera: renamed,
    filters: ['g', 'r'] as const,
    // It was never cooled: it has nothing to warm up from.
    coolDegPerMinute: 0,
    overheadSeconds: 2.5,
    canStop: false,
    timing: 0.5,
    pass: (seconds: number) => sleep(Math.min(seconds, 10)),
  };
}

async function domeBench() {
  await dome.permit(0);
  await until(
    () => dome.status(),
    ({ shutter, rotating }) => shutter === 'closed' && !rotating,
    60,
  );
  const pass = async (seconds: number) => {
    if (seconds <= 20) return sleep(seconds);
    await until(
      () => dome.status(),
      ({ rotating }) => !rotating,
      seconds,
    );
  };
  return {
    dome,
    permitSeconds: PERMIT_SECONDS,
    travelSeconds: TRAVEL_SECONDS,
    canHome: false,
    pass,
  };
}

describe.skipIf(!indi.available)('INDI’s simulators behind our own words', () => {
  beforeAll(async () => {
    stage = await indiStage({ permitSeconds: PERMIT_SECONDS });
    const deps = { clock: stage.clock, links: stage.links };
    const { mounts, channels, dome: domeSpec } = stage.unit;
    const [mount] = mounts;
    const [channel] = channels;
    if (!mount || !channel) throw new Error('config/indi.yaml lacks a device');
    telescope = openTelescope(mount, deps);
    camera = openCamera(channel, deps);
    dome = openDome(domeSpec, deps);
    await until(
      () => telescope.status(),
      () => true,
      20,
    );
    await until(
      () => camera.status(),
      () => true,
      20,
    );
    await until(
      () => dome.status(),
      ({ shutter }) => shutter === 'closed',
      20,
    );
  });

  afterAll(() => stage.stop());

  describe('the mount', { concurrent: true }, () => {
    describe('one after the other', { concurrent: false }, () => {
      telescopeContract('INDI’s mount', telescopeBench);
    });
  });

  describe('the camera', { concurrent: true }, () => {
    describe('one after the other', { concurrent: false }, () => {
      cameraContract('INDI’s camera with its wheel', cameraBench);
    });
  });

  describe('the dome', { concurrent: true }, () => {
    describe('one after the other', { concurrent: false }, () => {
      domeContract('INDI’s dome', domeBench);
    });
  });

  describe('the weather station', { concurrent: false }, () => {
    stationContract('INDI’s weather station', () => {
      const [spec] = stage.unit.stations;
      if (!spec) throw new Error('config/indi.yaml lacks a station');
      const station = openStation(spec, { clock: stage.clock, links: stage.links });
      // It measures every 5 s.
      const pass = () => sleep(6);
      return { station, alias: 'IndiWeather', now: () => stage.clock.now() - 2500, pass };
    });

    test('is not believed when it says that it took a vector which it rejected', async () => {
      const foreign = stage.client('Weather Simulator');
      const { properties } = foreign;
      const wind = () => properties.number('Weather Simulator', 'WEATHER_CONTROL', 'Wind');
      await foreign.until(() => wind() !== undefined, 10);
      const before = wind();
      const values = { Wind: 33, Gust: 99 };
      foreign.send(newVector('Weather Simulator', 'WEATHER_CONTROL', { kind: 'number', values }));
      await sleep(1);
      expect(wind()).toBe(before);
      const [spec] = stage.unit.stations;
      if (!spec) throw new Error('config/indi.yaml lacks a station');
      const station = openStation(spec, { clock: stage.clock, links: stage.links });
      const refusal = station.native('WEATHER_CONTROL.Gust=99');
      await expect(refusal).rejects.toThrow('lies between 0 and 50');
    });
  });

  describe('the focuser', { concurrent: false }, () => {
    test('moves where it is told, and refuses to leave its travel', async () => {
      const spec = stage.unit.channels[0]?.focuser;
      if (!spec) throw new Error('config/indi.yaml lacks a focuser');
      const focuser = openFocuser(spec, { clock: stage.clock, links: stage.links });
      await focuser.move(52_000);
      await until(
        () => focuser.status(),
        ({ moving, steps }) => !moving && steps === 52_000,
        20,
      );
      await expect(focuser.move(100_001)).rejects.toMatchObject({ code: 'DEVICE_REFUSED' });
    });
  });

  describe('the dangers of INDI', { concurrent: false }, () => {
    test('a driver ignores DEC=100 without a word; we refuse it before it gets there', async () => {
      await parked();
      const refusal = telescope.native('EQUATORIAL_EOD_COORD.DEC=100');
      await expect(refusal).rejects.toThrow('lies between -90 and 90');
      const far = telescope.goto({ raDeg: 10, decDeg: 100 });
      await expect(far).rejects.toMatchObject({ code: 'DEVICE_REFUSED' });
    });

    test('a parked mount takes no GOTO from others; ours wakes it first', async () => {
      await parked();
      const foreign = stage.client('Telescope Simulator');
      await foreign.until(
        () => foreign.properties.get('Telescope Simulator', 'TELESCOPE_PARK') !== undefined,
        10,
      );
      const values = { RA: 5, DEC: 60 };
      const name = 'EQUATORIAL_EOD_COORD';
      foreign.send(newVector('Telescope Simulator', name, { kind: 'number', values }));
      await sleep(1);
      expect((await telescope.status()).motion).toBe('parked');
      await telescope.goto(place(50, 0));
      await until(
        () => telescope.status(),
        ({ motion }) => motion === 'tracking',
        60,
      );
    });

    test('a driver that was stopped does not run to a target of the past when it wakes', async () => {
      await parked();
      const pid = stage.pid('indi_simulator_telescope');
      process.kill(pid, 'SIGSTOP');
      try {
        const order = telescope.goto(place(30, 30));
        await expect(order).rejects.toMatchObject({ code: 'DEVICE_UNREACHABLE' });
        await expect(telescope.status()).rejects.toMatchObject({ code: 'DEVICE_UNREACHABLE' });
      } finally {
        process.kill(pid, 'SIGCONT');
      }
      await until(
        () => telescope.status(),
        () => true,
        20,
      );
      await sleep(2);
      const after = await telescope.status();
      expect(['slewing', 'tracking']).not.toContain(after.motion);
      expect(after.altDeg).toBeGreaterThan(40);
    });

    test('a dome whose driver hangs when the permit runs out closes as soon as it wakes', async () => {
      await dome.permit(PERMIT_SECONDS);
      await dome.open();
      await dome.permit(PERMIT_SECONDS);
      await sleep(2);
      const pid = stage.pid('indi_simulator_dome');
      process.kill(pid, 'SIGSTOP');
      try {
        await sleep(PERMIT_SECONDS + 1);
        await expect(dome.status()).rejects.toMatchObject({ code: 'DEVICE_UNREACHABLE' });
        await expect(dome.close()).rejects.toMatchObject({ code: 'DEVICE_UNREACHABLE' });
      } finally {
        process.kill(pid, 'SIGCONT');
      }
      await until(
        () => dome.status(),
        ({ shutter }) => shutter === 'closed',
        30,
      );
    });

    test('a driver that is killed comes back, and its exposure is known to be lost', async () => {
      await camera.abort();
      await camera.expose({ exposureId: 'lost', seconds: 30, shutter: 'open' });
      process.kill(stage.pid('indi_simulator_ccd'), 'SIGKILL');
      await until(
        () => camera.status(),
        ({ activity }) => activity === 'fault',
        20,
      );
      await expect(camera.readout('lost')).rejects.toMatchObject({ code: 'EXPOSURE_UNKNOWN' });
      await camera.expose({
        exposureId: 'after the kill'.replaceAll(' ', '-'),
        seconds: 1,
        shutter: 'open',
      });
      await until(
        () => camera.status(),
        ({ activity }) => activity === 'ready',
        20,
      );
      expect((await camera.readout('after-the-kill')).pixels).toHaveLength(1280 * 1024);
    });

    test('a driver that crashes by itself is started again too', async () => {
      const crashed = stage.pid('indi_simulator_ccd');
      await camera.native('CCD_SIMULATE_CRASH.CRASH=On').catch(() => undefined);
      await until(
        async () => stage.pid('indi_simulator_ccd'),
        (pid) => pid !== crashed,
        20,
      );
      await until(
        () => camera.status(),
        ({ activity }) => activity !== 'exposing',
        20,
      );
    });

    test('the drivers are served on this computer alone', async () => {
      expect(stage.hub.address.host).toBe('127.0.0.1');
    });
  });
});
