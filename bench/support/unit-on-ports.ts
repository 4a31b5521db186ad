import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Document, parseDocument } from 'yaml';
import { CHECKOUT } from '../../src/main/run-settings.ts';

/** Ports of the simulated unit's listeners. */
export interface UnitPorts {
  readonly mount: number;
  readonly vis: number;
  readonly nir: number;
  readonly dome: number;
  readonly plc: number;
  readonly alerts: number;
  readonly web: number;
}

const PATHS: Readonly<Record<keyof UnitPorts, string>> = {
  mount: 'mounts.0.address.port',
  vis: 'channels.0.address.port',
  nir: 'channels.1.address.port',
  dome: 'dome.address.port',
  plc: 'plc.address.port',
  alerts: 'alerts.listen.port',
  web: 'web.listen.port',
};

/** The file of the simulated unit of a checkout, to be changed, with ports of its own. */
export function unitOnPorts(ports: UnitPorts, checkout = CHECKOUT): Document {
  const document = parseDocument(readFileSync(join(checkout, 'config', 'simulated.yaml'), 'utf8'));
  for (const [name, path] of Object.entries(PATHS)) {
    setAt(document, path, ports[name as keyof UnitPorts]);
  }
  // Nobody listens to it here, and it would need a port.
  document.deleteIn(['gic']);
  const { agents } = document.toJS() as { agents: { kind: string }[] };
  const gic = agents.findIndex(({ kind }) => kind === 'gic');
  if (gic >= 0) document.deleteIn(['agents', gic]);
  // Its simulator would need a port too.
  document.deleteIn(['channels', 0, 'focuser']);
  return document;
}

/** Changes one value by its path, e.g. `mounts.0.settleSeconds`. */
export function setAt(document: Document, path: string, value: unknown): void {
  const keys = path.split('.').map((word) => (/^\d+$/.test(word) ? Number(word) : word));
  document.setIn(keys, value);
}
