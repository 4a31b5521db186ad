/** One device behind TCP, simulated or of INDI: `node src/main/simulator-process.ts RUN_FILE DEVICE`. */
import {
  indiDevices,
  makeSimulators,
  type ServedIndiDevice,
  type SimulatedDevice,
  serveTcp,
  tcpLinks,
} from '#devices';
import { type Clock, codeOf, PyrosError, sentenceOf } from '#platform';
import { livesWithParent, tellFailed, tellReady, untilBegun } from './child-process.ts';
import { fileLogger } from './file-logger.ts';
import { clockOf, type RunSettings, readRunSettings } from './run-settings.ts';
import { scenarioOf } from './scenario-alerts.ts';
import { BAD_INPUT } from './supervision/ward.ts';

/** Errors that a second start would meet again. */
const BAD_INPUTS: ReadonlySet<string> = new Set(['SCENARIO_INVALID', 'UNIT_INVALID']);

try {
  await serve();
} catch (error) {
  if (!(error instanceof PyrosError)) console.error(error);
  await tellFailed(sentenceOf(error));
  process.exit(BAD_INPUTS.has(codeOf(error)) ? BAD_INPUT : 1);
}

async function serve(): Promise<void> {
  await untilBegun();
  const [runFile = '', name = ''] = process.argv.slice(2);
  const settings = readRunSettings(runFile);
  process.title = `pyros sim ${name}`;
  const clock = clockOf(settings);
  const log = fileLogger(settings.dataFolder, `sim-${name}`, clock);
  const device = deviceOf(name, settings, { clock, log: (sentence) => log.info(sentence) });
  const server = await serveTcp({
    endpoint: device.endpoint,
    address: device.address,
    wire: device.wire,
    clock,
    onTrouble: (sentence) => log.warn(sentence),
  });
  // Who asks sees until the end what becomes of the device.
  const end = async () => {
    await device.stop();
    await server.close();
  };
  let isEnding = false;
  livesWithParent(() => {
    if (!isEnding) void end().finally(() => process.exit(0));
    isEnding = true;
  });
  tellReady();
}

interface Place {
  readonly clock: Clock;
  readonly log: (sentence: string) => void;
}

function deviceOf(
  name: string,
  settings: RunSettings,
  { clock, log }: Place,
): SimulatedDevice | ServedIndiDevice {
  const { unit, seed } = settings;
  const indi = indiDevices(unit)[name];
  if (indi) return indi({ clock, log });
  const scenario = scenarioOf(settings.scenario);
  const links = tcpLinks({ clock, timeoutSeconds: 5 });
  const device = makeSimulators(unit, { clock, seed, scenario, log }, links)[name];
  if (!device) throw new RangeError(`the unit has no simulated device ${name}`);
  return device;
}
