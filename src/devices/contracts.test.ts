import { horizontalToIcrs } from '#sky';
import { cameraContract } from './camera/camera-contract.ts';
import { domeContract } from './dome/dome-contract.ts';
import { focuserContract } from './focuser/focuser-contract.ts';
import { plcContract } from './plc/plc-contract.ts';
import {
  openCamera,
  openDome,
  openFocuser,
  openPlc,
  openStation,
  openTelescope,
} from './registry.ts';
import { servedBench, WIRES } from './served-simulators.ts';
import { telescopeContract } from './telescope/telescope-contract.ts';
import { NIGHT_MS, smallUnit } from './virtual-simulators.ts';
import { stationContract } from './weather-station/station-contract.ts';

const STATION = {
  alias: 'Hilltop',
  control: 'simulated' as const,
  driver: 'pyros' as const,
  address: { host: '127.0.0.1', port: 5006 },
};
const UNIT = { ...smallUnit(), stations: [STATION] };
const { site } = UNIT;
const [MOUNT] = UNIT.mounts;
const [CHANNEL] = UNIT.channels;
if (!MOUNT || !CHANNEL?.focuser) throw new RangeError('a unit with a mount, a channel, a focuser');
const { focuser: FOCUSER, detector, wheelSeconds } = CHANNEL;

const at = (altDeg: number, azDeg: number) => horizontalToIcrs({ altDeg, azDeg }, site, NIGHT_MS);

for (const wire of WIRES) {
  telescopeContract(`the simulated mount over ${wire}`, async () => {
    const bench = await servedBench(wire, UNIT);
    return {
      telescope: openTelescope(bench.at('mount', MOUNT), bench.deps),
      target: at(50, 90),
      otherTarget: at(55, 200),
      belowHorizon: at(-30, 90),
      pass: bench.pass,
    };
  });

  cameraContract(`the simulated camera over ${wire}`, async () => {
    const bench = await servedBench(wire, UNIT);
    return {
      camera: openCamera(bench.at('VIS', CHANNEL), bench.deps),
      filters: ['g', 'r'],
      coolDegPerMinute: detector.coolDegPerMinute,
      overheadSeconds: detector.readoutSeconds + wheelSeconds,
      pass: bench.pass,
    };
  });

  domeContract(`the simulated dome over ${wire}`, async () => {
    const bench = await servedBench(wire, UNIT);
    const { permitSeconds, openSeconds } = UNIT.dome;
    const dome = openDome(bench.at('dome', UNIT.dome), bench.deps);
    return { dome, permitSeconds, travelSeconds: openSeconds, pass: bench.pass };
  });

  plcContract(`the simulated PLC over ${wire}`, async () => {
    const bench = await servedBench(wire, UNIT);
    const plc = openPlc(bench.at('plc', UNIT.plc), bench.deps);
    return { plc, now: () => bench.clock.now(), pass: bench.pass };
  });

  focuserContract(`the simulated focuser over ${wire}`, async () => {
    const bench = await servedBench(wire, UNIT);
    const { minSteps, maxSteps, stepsPerSecond } = FOCUSER;
    return {
      focuser: openFocuser(bench.at('focuser-VIS', FOCUSER), bench.deps),
      minSteps,
      maxSteps,
      travelSeconds: (maxSteps - minSteps) / stepsPerSecond + 1,
      pass: bench.pass,
    };
  });

  stationContract(`the simulated weather station over ${wire}`, async () => {
    const bench = await servedBench(wire, UNIT);
    const station = openStation(bench.at('Hilltop', STATION), bench.deps);
    return { station, alias: 'Hilltop', now: () => bench.clock.now(), pass: bench.pass };
  });
}
