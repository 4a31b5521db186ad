/** One simulated device behind TCP: `node src/main/simulator-process.ts RUN_FILE DEVICE`. */
import { makeSimulators, serveTcp, tcpLinks } from '#devices';
import { livesWithParent, tellReady } from './child-process.ts';
import { fileLogger } from './file-logger.ts';
import { clockOf, readRunSettings } from './run-settings.ts';
import { scenarioOf } from './scenario-alerts.ts';

const [runFile = '', name = ''] = process.argv.slice(2);
const settings = readRunSettings(runFile);
process.title = `pyros sim ${name}`;
const clock = clockOf(settings);
const log = fileLogger(settings.dataFolder, `sim-${name}`, clock);
const scenario = scenarioOf(settings.scenario);
const simulators = makeSimulators(
  settings.unit,
  { clock, seed: settings.seed, scenario, log: (sentence) => log.info(sentence) },
  tcpLinks({ clock, timeoutSeconds: 5 }),
);
const device = simulators[name];
if (!device) throw new RangeError(`the unit has no simulated device ${name}`);
const server = await serveTcp({
  endpoint: device.endpoint,
  address: device.address,
  wire: device.wire,
  onTrouble: (sentence) => log.warn(sentence),
});
livesWithParent(() => {
  device.stop();
  void server.close().finally(() => process.exit(0));
});
tellReady();
