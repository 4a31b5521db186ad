/**
 * A real indiserver and our drivers as its clients: prints what they saw as JSON. Only for a private
 * network namespace, because an indiserver listens on every interface.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { indiDevices, openCamera, openTelescope, serveTcp, tcpLinks } from '#devices';
import { codeOf, RealClock } from '#platform';
import { horizontalToIcrs } from '#sky';
import { unitSchema } from '#unit';
import { until } from './indi-stage.ts';

const home = mkdtempSync(join(tmpdir(), 'pyros-indiserver-'));
const drivers = ['indi_simulator_telescope', 'indi_simulator_ccd', 'indi_simulator_wheel'];
const server = { host: '127.0.0.1', port: 7624 };
const words = ['-p', String(server.port), '-u', join(home, 'socket'), ...drivers];
const indiserver = spawn('indiserver', words, {
  env: { ...process.env, HOME: home },
  stdio: 'ignore',
});
process.once('exit', () => {
  indiserver.kill();
  rmSync(home, { recursive: true, force: true });
});

const file = new URL('../config/indi.yaml', import.meta.url);
const unit = { ...unitSchema.parse(parse(readFileSync(file, 'utf8'))), indi: { server } };
const clock = new RealClock();
const log = () => undefined;
const deps = { clock, links: tcpLinks({ clock, timeoutSeconds: 5 }) };
for (const name of ['mount', 'VIS']) {
  const device = indiDevices(unit)[name]?.({ clock, log });
  if (!device) throw new RangeError(`config/indi.yaml lacks ${name}`);
  await serveTcp({ ...device, onTrouble: log });
}
const [mount] = unit.mounts;
const [channel] = unit.channels;
if (!mount || !channel) throw new RangeError('config/indi.yaml lacks a device');
const telescope = openTelescope(mount, deps);
const camera = openCamera(channel, deps);
await until(
  () => telescope.status(),
  () => true,
  30,
);
await until(
  () => camera.status(),
  ({ filter }) => filter === 'g',
  30,
);
await telescope.goto(horizontalToIcrs({ altDeg: 50, azDeg: 0 }, unit.site, clock.now()));
await camera.expose({ exposureId: 'one', seconds: 1, shutter: 'open' });
await until(
  () => camera.status(),
  ({ activity }) => activity === 'ready',
  30,
);
const { pixels } = await camera.readout('one');
const { motion } = await until(
  () => telescope.status(),
  (status) => status.motion === 'tracking',
  60,
);
const refusal = await telescope.native('EQUATORIAL_EOD_COORD.DEC=100').catch(codeOf);
const seen = { motion, pixels: pixels.length, refused: refusal === 'DEVICE_REFUSED' };
process.stdout.write(JSON.stringify(seen), () => process.exit(0));
