/** The alert sender of a simulated unit, over TCP: `node src/main/alert-sender-process.ts RUN_FILE`. */
import { type Delivery, runAlertSimulator, sendVOEvent } from '#alert';
import { livesWithParent, tellReady, untilBegun } from './child-process.ts';
import { fileLogger } from './file-logger.ts';
import { clockOf, readRunSettings } from './run-settings.ts';
import { scenarioAlerts } from './scenario-alerts.ts';

await untilBegun();
const [runFile = '', name = 'alerts'] = process.argv.slice(2);
const settings = readRunSettings(runFile);
process.title = `pyros sim ${name}`;
const clock = clockOf(settings);
const log = fileLogger(settings.dataFolder, `sim-${name}`, clock);
const { host, port } = settings.unit.alerts.listen;
const stop = new AbortController();
livesWithParent(() => {
  stop.abort();
  process.exit(0);
});
tellReady();

const identity = 'ivo://pyros/alert-simulator';
const send = (packet: Uint8Array): Promise<Delivery> =>
  sendVOEvent(packet, { host, port, clock, identity });
await runAlertSimulator({
  events: scenarioAlerts(settings.scenario),
  clock,
  send,
  signal: stop.signal,
  onDelivery: (event, delivery) => log.info(`${event.at} ${JSON.stringify(delivery)}`),
});
process.exit(0);
