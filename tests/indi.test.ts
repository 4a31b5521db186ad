import { afterAll, describe, expect, test, vi } from 'vitest';

import { horizontalToIcrs } from '#sky';
import { cameraContract } from '../src/devices/camera/camera-contract.ts';
import { domeContract } from '../src/devices/dome/dome-contract.ts';
import { newVector } from '../src/devices/indi/indi-message.ts';
import { telescopeContract } from '../src/devices/telescope/telescope-contract.ts';
import { stationContract } from '../src/devices/weather-station/station-contract.ts';
import { kindOf } from '../src/environment/unit-conversion.ts';
import { type IndiName, type IndiStage, indiStage, opened, until } from './indi-stage.ts';
import { needs } from './needs.ts';

const indi = needs('indiserver');
const PERMIT_SECONDS = 3;
const TRAVEL_SECONDS = 6;

/** Devices wait most of the time: many tests wait side by side, each with drivers of its own. */
vi.setConfig({ maxConcurrency: 24 });

const stages: IndiStage[] = [];

async function fresh(name: IndiName) {
  const stage = await indiStage(name, { permitSeconds: PERMIT_SECONDS });
  stages.push(stage);
  const sleep = (seconds: number) => stage.clock.sleep(seconds);
  return { stage, sleep, devices: opened(stage) };
}

/** Near the pole, where the mount rests, so that slews are short. */
function place(stage: IndiStage, altDeg: number, azDeg: number) {
  return horizontalToIcrs({ altDeg, azDeg }, stage.unit.site, stage.clock.now());
}

/** A mount that was just parked. */
async function freshMount() {
  const { stage, sleep, devices } = await fresh('mount');
  const telescope = devices.mount();
  const motion = () => telescope.status().then((status) => status.motion);
  await until(motion, () => true, 30);
  if ((await motion()) !== 'parked') await telescope.park();
  await until(motion, (now) => now === 'parked', 60);
  return { stage, sleep, telescope };
}

async function telescopeBench() {
  const { stage, sleep, telescope } = await freshMount();
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
    target: place(stage, 50, 0),
    otherTarget: place(stage, 52, 8),
    belowHorizon: place(stage, -20, 90),
    canHome: false,
    trackSeconds: 6,
    restDecimals: 2,
    pass,
  };
}

/** Its first filter is in the beam. */
async function freshCamera() {
  const { stage, sleep, devices } = await fresh('VIS');
  const camera = devices.camera();
  await until(
    () => camera.status(),
    ({ filter }) => filter === 'g',
    30,
  );
  return { stage, sleep, camera };
}

async function cameraBench() {
  const { sleep, camera } = await freshCamera();
  return {
    camera,
    filters: ['g', 'r'] as const,
    // It was never cooled: it has nothing to warm up from.
    coolDegPerMinute: 0,
    overheadSeconds: 2.5,
    canStop: false,
    timing: 2,
    pass: (seconds: number) => sleep(Math.min(seconds, 7.5)),
  };
}

async function freshDome() {
  const { stage, sleep, devices } = await fresh('dome');
  const dome = devices.dome();
  await until(
    () => dome.status(),
    ({ shutter }) => shutter === 'closed',
    30,
  );
  return { stage, sleep, dome };
}

async function domeBench() {
  const { sleep, dome } = await freshDome();
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

async function freshStation() {
  const { stage, sleep, devices } = await fresh('IndiWeather');
  const station = devices.station();
  await until(
    () => station.status(),
    ({ valid }) => valid === 'yes',
    30,
  );
  return { stage, sleep, station };
}

describe.skipIf(!indi.available)(
  'INDI’s simulators behind our own words',
  { concurrent: true },
  () => {
    afterAll(async () => {
      await Promise.all(stages.map((stage) => stage.stop()));
    });

    telescopeContract('INDI’s mount', telescopeBench);
    domeContract('INDI’s dome', domeBench);
    cameraContract('INDI’s camera with its wheel', cameraBench);

    describe('the weather station', () => {
      stationContract('INDI’s weather station', async () => {
        const { stage, sleep, station } = await freshStation();
        // It measures every 5 s.
        const pass = () => sleep(6);
        return { station, alias: 'IndiWeather', now: () => stage.clock.now() - 2500, pass };
      });

      test('gives every value in a unit that the environment can convert', async () => {
        const { station } = await freshStation();
        const { values } = await station.status();
        expect(values.map(({ name }) => name)).toEqual(
          expect.arrayContaining(['OutsideTemp', 'WindSpeed', 'RainRate']),
        );
        expect(values.filter(({ unit }) => kindOf(unit) === null)).toEqual([]);
      });

      test('is not believed when it says that it took a vector which it rejected', async () => {
        const { stage, sleep, station } = await freshStation();
        const foreign = stage.client('Weather Simulator');
        const { properties } = foreign;
        const wind = () => properties.number('Weather Simulator', 'WEATHER_CONTROL', 'Wind');
        await foreign.until(() => wind() !== undefined, 10);
        const before = wind();
        const values = { Wind: 33, Gust: 99 };
        foreign.send(newVector('Weather Simulator', 'WEATHER_CONTROL', { kind: 'number', values }));
        await sleep(1);
        expect(wind()).toBe(before);
        const refusal = station.native('WEATHER_CONTROL.Gust=99');
        await expect(refusal).rejects.toThrow('lies between 0 and 50');
      });
    });

    describe('the focuser', () => {
      test('moves where it is told, and refuses to leave its travel', async () => {
        const { devices } = await fresh('focuser-VIS');
        const focuser = devices.focuser();
        await until(
          () => focuser.status(),
          ({ moving }) => !moving,
          30,
        );
        await focuser.move(52_000);
        await until(
          () => focuser.status(),
          ({ moving, steps }) => !moving && steps === 52_000,
          20,
        );
        await expect(focuser.move(100_001)).rejects.toMatchObject({ code: 'DEVICE_REFUSED' });
      });
    });

    describe('the dangers of INDI', () => {
      test('a driver ignores DEC=100 without a word; we refuse it before it gets there', async () => {
        const { telescope } = await freshMount();
        const refusal = telescope.native('EQUATORIAL_EOD_COORD.DEC=100');
        await expect(refusal).rejects.toThrow('lies between -90 and 90');
        const far = telescope.goto({ raDeg: 10, decDeg: 100 });
        await expect(far).rejects.toMatchObject({ code: 'DEVICE_REFUSED' });
      });

      test('a parked mount takes no GOTO from others; ours wakes it first', async () => {
        const { stage, sleep, telescope } = await freshMount();
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
        await telescope.goto(place(stage, 50, 0));
        await until(
          () => telescope.status(),
          ({ motion }) => motion === 'tracking',
          60,
        );
      });

      test('a driver that was stopped does not run to a target of the past when it wakes', async () => {
        const { stage, sleep, telescope } = await freshMount();
        const pid = stage.pid('indi_simulator_telescope');
        process.kill(pid, 'SIGSTOP');
        try {
          const order = telescope.goto(place(stage, 30, 30));
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
        const { stage, sleep, dome } = await freshDome();
        await dome.permit(PERMIT_SECONDS);
        await dome.open();
        await dome.permit(PERMIT_SECONDS);
        await sleep(2);
        const pid = stage.pid('indi_simulator_dome');
        process.kill(pid, 'SIGSTOP');
        try {
          await sleep(PERMIT_SECONDS + 1);
          await expect(dome.status()).rejects.toMatchObject({ code: 'DEVICE_UNREACHABLE' });
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
        const { stage, camera } = await freshCamera();
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
        const { stage, camera } = await freshCamera();
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
        const { stage } = await fresh('focuser-VIS');
        expect(stage.hub.address.host).toBe('127.0.0.1');
      });
    });
  },
);
