import { connect, type Socket } from 'node:net';
import type { Connection, ConnectionOptions } from 'mysql2/promise';
import { afterRealMs } from '#platform';

/** The holder may be silent for a year. */
const HELD_SECONDS = 31_536_000;
/** A goodbye that is not answered by then is not waited for, real milliseconds. */
const GOODBYE_MS = 500;

interface Call {
  readonly connection: Connection;
  readonly socket: Socket | null;
}

/** A connection on which the server waits, for a lock that another connection holds. */
export interface MariadbLine {
  readonly waiter: Call;
  /** Does nothing but hold the lock that the other waits for. */
  readonly holder: Call;
  readonly lock: string;
}

/** Two connections, or none. */
export async function openMariadbLine(config: ConnectionOptions): Promise<MariadbLine> {
  const holder = await openCall(config);
  try {
    const lock = `pyros-ear ${holder.connection.threadId}`;
    await holder.connection.query('do get_lock(?, 0)', [lock]);
    const waiter = await openCall(config);
    return { waiter, holder, lock };
  } catch (error) {
    await hangUpCall(holder);
    throw error;
  }
}

async function openCall(config: ConnectionOptions): Promise<Call> {
  const { createConnection } = await import('mysql2/promise');
  // Our own, as the driver would wait for the server before it lets go of it.
  const own: { socket: Socket | null } = { socket: null };
  const stream = ({ config: { socketPath, port, host } }: { config: ConnectionOptions }) => {
    const socket = socketPath ? connect(socketPath) : connect(port ?? 3306, host);
    socket.setKeepAlive(true, config.keepAliveInitialDelay).setNoDelay(true);
    own.socket = socket;
    return socket;
  };
  const connection = await createConnection({ ...config, stream });
  connection.on('error', () => undefined);
  const call = { connection, socket: own.socket };
  try {
    await connection.query(
      `set session autocommit = 1, max_statement_time = 0, wait_timeout = ${HELD_SECONDS}`,
    );
    return call;
  } catch (error) {
    await hangUpCall(call);
    throw error;
  }
}

async function hangUpCall({ connection, socket }: Call): Promise<void> {
  const late = Promise.withResolvers<void>();
  const forget = afterRealMs(GOODBYE_MS, late.resolve);
  await Promise.race([connection.end().catch(() => undefined), late.promise]);
  forget();
  socket?.destroy();
}

/** Never waits long for the server. */
export async function hangUp({ waiter, holder }: MariadbLine): Promise<void> {
  await Promise.all([hangUpCall(waiter), hangUpCall(holder)]);
}
