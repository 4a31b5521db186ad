import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Sender } from '#agent';
import type { Database } from '#db';
import { type Clock, type Logger, silentLogger } from '#platform';
import { addRoutes, type RouteSources } from '../dashboard/dashboard-routes.ts';
import { LiveFeed } from '../dashboard/live-feed.ts';
import { ObservatoryStore } from '../dashboard/observatory-store.ts';
import { OperatorKeeper } from '../dashboard/operator-keeper.ts';
import { SimulatorStore } from '../dashboard/simulator-store.ts';
import { TonightStore } from '../dashboard/tonight-store.ts';
import { tonightView } from '../dashboard/tonight-view.ts';
import { makeServer } from '../dashboard/web-server.ts';
import { simulatedUnit } from './tonight-sources.ts';

/** The key that the tests' server lets in. */
export const TEST_KEY = 'k'.repeat(43);

interface ServerWish {
  readonly database: Database;
  readonly clock: Clock;
  readonly folder: string;
  readonly log?: Logger;
  readonly simulators?: SimulatorStore;
  readonly keeper?: OperatorKeeper;
}

/** The web server with its routes, before it listens; its page is one line. */
export async function dashboardServer(wish: ServerWish) {
  const { database, clock, folder, log = silentLogger } = wish;
  const unit = simulatedUnit();
  const store = new TonightStore({ database, clock, unit });
  const make = async () => JSON.stringify(tonightView(await store.gather()));
  const feed = new LiveFeed({ make, clock, log });
  const pages = join(folder, 'pages');
  mkdirSync(pages);
  writeFileSync(join(pages, 'index.html'), '<!doctype html><title>PyROS</title>');
  const server = await makeServer(pages);
  const pause = async () => undefined;
  const sources: RouteSources = {
    ...{ database, clock, unit, dataFolder: folder, feed, store },
    observatory: new ObservatoryStore({ database, clock, unit, tonight: store }),
    keeper: wish.keeper ?? new OperatorKeeper({ key: TEST_KEY, loopback: true, log, pause }),
    sender: new Sender({ name: 'Webserver', database, clock }),
    majordome: 'Majordome',
    patienceSeconds: () => 20,
    simulators: wish.simulators ?? nothingSimulated(clock),
  };
  addRoutes(server, sources);
  return { server, feed };
}

function nothingSimulated(clock: Clock): SimulatorStore {
  const unit = simulatedUnit();
  const real = <T extends object>(spec: T) => ({ ...spec, control: 'full' as const });
  const never = () => Promise.reject(new Error('there is none'));
  return new SimulatorStore({
    unit: {
      ...unit,
      mounts: unit.mounts.map(real),
      channels: unit.channels.map((channel) => {
        const { focuser: _none, ...plain } = channel;
        return real(plain);
      }),
      dome: real(unit.dome),
      plc: real(unit.plc),
      stations: unit.stations.map(real),
    },
    clock,
    plc: { status: never, bypass: never, native: never, close: async () => undefined },
    handOf: () => ({ list: never, set: never, clear: never, value: never }),
  });
}
