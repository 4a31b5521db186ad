import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { type Clock, PyrosError, RealClock } from '#platform';
import type { Address } from '../link/link.ts';
import { DriverProgram } from './driver-program-runner.ts';
import { Interests, isOrder } from './hub-routes.ts';
import { getProperties, pingReply } from './indi-message.ts';
import { type XmlElement, XmlSplitter, xmlText } from './xml-splitter.ts';

export interface IndiHubOptions {
  /** On this computer only: `INDI_EXPOSED` otherwise. */
  readonly address: Address;
  readonly programs: readonly string[];
  /** HOME of the drivers. */
  readonly home: string;
  readonly clock: Clock;
  readonly log: (sentence: string) => void;
}

interface Client {
  readonly socket: Socket;
  readonly interests: Interests;
}

interface Driver {
  readonly command: string;
  readonly interests: Interests;
  /** Those that it has defined. */
  readonly devices: Set<string>;
  program: DriverProgram;
  restarts: number;
}

/** As indiserver does by default. */
const MOST_RESTARTS = 10;
const RESTART_SECONDS = 0.5;
const LOOK_SECONDS = 0.1;
/** A client that leaves so many bytes unread is dropped. */
const MOST_UNREAD_BYTES = 128 * 1024 * 1024;

/**
 * Runs INDI driver programs and lets several clients speak to them, on the loopback interface alone:
 * indiserver listens on every interface and cannot be told not to. A driver that dies is started
 * again, a bounded number of times; its clients are told that its devices are gone.
 */
export class IndiHub {
  readonly #options: IndiHubOptions;
  readonly #clients = new Set<Client>();
  readonly #drivers: Driver[] = [];
  readonly #stop = new AbortController();
  readonly #server: Server;

  private constructor(options: IndiHubOptions) {
    this.#options = options;
    this.#server = createServer((socket) => this.#welcome(socket));
  }

  /** Listens, then starts the drivers. Rejects with `INDI_EXPOSED` or `ADDRESS_UNAVAILABLE`. */
  static async start(options: IndiHubOptions): Promise<IndiHub> {
    const { host } = options.address;
    if (!/^(?:127\.\d+\.\d+\.\d+|::1|localhost)$/.test(host)) {
      throw new PyrosError('INDI_EXPOSED', `INDI drivers are not served on ${host}.`, {
        remedy: 'INDI knows no passwords: give indi.server of the unit file the host 127.0.0.1.',
      });
    }
    const hub = new IndiHub(options);
    await hub.#listen();
    for (const program of options.programs) hub.#drivers.push(hub.#begin(program));
    return hub;
  }

  /** Where it listens, with the port really taken. */
  get address(): Address {
    const bound = this.#server.address();
    const port = bound && typeof bound === 'object' ? bound.port : this.#options.address.port;
    return { host: this.#options.address.host, port };
  }

  /** Process ids of the drivers by their program. */
  get pids(): ReadonlyMap<string, number> {
    return new Map(this.#drivers.map(({ command, program }) => [command, program.pid ?? 0]));
  }

  /** Resolves once no client is left, after so many seconds of the machine's time at most. */
  async untilUnused(seconds: number): Promise<void> {
    const clock = new RealClock();
    const deadlineMs = clock.monotonic() + seconds * 1000;
    while (this.#clients.size > 0 && clock.monotonic() < deadlineMs) {
      await clock.sleep(LOOK_SECONDS);
    }
  }

  /** Ends every connection and every driver. */
  async stop(): Promise<void> {
    this.#stop.abort();
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const { socket } of this.#clients) socket.destroy();
    for (const { program } of this.#drivers) program.kill('is not needed any more');
    await closed;
  }

  async #listen(): Promise<void> {
    const { address } = this.#options;
    try {
      this.#server.listen(address);
      await once(this.#server, 'listening');
    } catch (cause) {
      const where = `${address.host}:${address.port}`;
      throw new PyrosError('ADDRESS_UNAVAILABLE', `Cannot listen on ${where}.`, {
        remedy: 'Stop the program that listens there, or change indi.server in the unit file.',
        cause,
      });
    }
  }

  #begin(command: string): Driver {
    const driver: Driver = {
      command,
      interests: new Interests(),
      devices: new Set(),
      restarts: 0,
      program: this.#launch(command, () => driver),
    };
    driver.program.send(getProperties());
    return driver;
  }

  #launch(command: string, driver: () => Driver): DriverProgram {
    const { home, log } = this.#options;
    return new DriverProgram({
      program: command,
      home,
      log,
      onElement: (element) => this.#hear(driver(), element),
      onEnd: (why) => void this.#mourn(driver(), why),
    });
  }

  /** Its devices are gone for everybody; it is started again unless that was tried too often. */
  async #mourn(driver: Driver, why: string): Promise<void> {
    if (this.#stop.signal.aborted) return;
    const { log, clock } = this.#options;
    for (const device of driver.devices) {
      const attributes = { device };
      this.#tell(driver, { name: 'delProperty', attributes, children: [], text: '' });
    }
    driver.devices.clear();
    if (driver.restarts >= MOST_RESTARTS) {
      log(`${driver.command} ${why}; it is not started again after ${MOST_RESTARTS} times.`);
      return;
    }
    driver.restarts++;
    log(`${driver.command} ${why}: it is started again.`);
    try {
      await clock.sleep(RESTART_SECONDS, this.#stop.signal);
    } catch {
      return;
    }
    driver.program = this.#launch(driver.command, () => driver);
    driver.program.send(getProperties());
  }

  #hear(driver: Driver, element: XmlElement): void {
    const { device, uid = '' } = element.attributes;
    if (element.name === 'pingRequest') {
      driver.program.send(pingReply(uid));
      return;
    }
    if (element.name === 'getProperties' || element.name === 'enableBLOB') {
      driver.interests.add(element);
      if (element.name === 'getProperties') this.#toDrivers(element, driver);
      return;
    }
    if (device !== undefined && element.name.startsWith('def')) driver.devices.add(device);
    this.#tell(driver, element);
  }

  /** To every client and every other driver that wants it. */
  #tell(from: Driver, element: XmlElement): void {
    const drivers = this.#drivers.filter((one) => one !== from && one.interests.wants(element));
    const clients = [...this.#clients].filter(({ interests }) => interests.wants(element));
    if (drivers.length + clients.length === 0) return;
    const text = `${xmlText(element)}\n`;
    for (const { program } of drivers) program.send(text);
    const bytes = Buffer.from(text);
    for (const { socket } of clients) {
      if (socket.writableLength > MOST_UNREAD_BYTES) socket.destroy();
      else socket.write(bytes);
    }
  }

  /** To the driver of the device it names; to all while nobody knows whose it is. */
  #toDrivers(element: XmlElement, from?: Driver): void {
    const { device } = element.attributes;
    const others = this.#drivers.filter((driver) => driver !== from);
    const owners = others.filter(({ devices }) => device !== undefined && devices.has(device));
    const text = `${xmlText(element)}\n`;
    const isOrderOfNobody = owners.length === 0 && isOrder(element);
    if (isOrderOfNobody) return;
    for (const { program } of owners.length > 0 ? owners : others) program.send(text);
  }

  #welcome(socket: Socket): void {
    const client: Client = { socket, interests: new Interests() };
    const splitter = new XmlSplitter();
    this.#clients.add(client);
    socket.setNoDelay(true);
    socket.on('error', () => undefined);
    socket.on('close', () => this.#clients.delete(client));
    socket.on('data', (chunk) => {
      for (const item of splitter.push(chunk)) {
        if (item.kind === 'message') this.#obey(client, item.message);
        else socket.destroy();
      }
    });
  }

  #obey({ interests }: Client, element: XmlElement): void {
    if (element.name === 'enableBLOB') interests.add(element);
    else if (element.name === 'getProperties') {
      interests.add(element);
      this.#toDrivers(element);
    } else if (isOrder(element)) this.#toDrivers(element);
  }
}
