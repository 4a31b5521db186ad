/** One simulated device behind TCP: `node src/main/simulator-process.ts RUN_FILE DEVICE`. */
import { makeSimulators, serveTcp, tcpLinks } from '#devices';
import { codeOf, PyrosError, sentenceOf } from '#platform';
import { livesWithParent, tellFailed, tellReady } from './child-process.ts';
import { fileLogger } from './file-logger.ts';
import { clockOf, readRunSettings } from './run-settings.ts';
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
}
