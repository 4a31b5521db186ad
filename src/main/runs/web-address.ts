import { isIPv4, isIPv6 } from 'node:net';
import { PyrosError } from '#platform';

const LOOPBACK = '127.0.0.1';
const PORT = 8000;

/**
 * Where the web server listens, from `PORT`, `IP`, `IP:PORT`, `[IP]:PORT` or `localhost:PORT`
 * . Nobody outside this computer is let in unless an IP address says so. Throws `WEB_ADDRESS`.
 */
export function webAddress(text: string): { host: string; port: number } {
  if (/^\d+$/.test(text)) return { host: LOOPBACK, port: portOf(text, text) };
  if (isIPv6(text)) return { host: text, port: PORT };
  const [, host = '', port = ''] = /^(.+?)(?::(\d+))?$/.exec(text) ?? [];
  return { host: hostOf(host, text), port: port === '' ? PORT : portOf(port, text) };
}

function hostOf(host: string, text: string): string {
  if (host === 'localhost') return LOOPBACK;
  const bare = host.replace(/^\[(.+)\]$/, '$1');
  if (isIPv4(host) || (bare !== host && isIPv6(bare))) return bare;
  throw wrong(text);
}

function portOf(port: string, text: string): number {
  const value = Number(port);
  if (value < 1 || value > 65535) throw wrong(text);
  return value;
}

function wrong(text: string): PyrosError {
  return new PyrosError('WEB_ADDRESS', `"${text}" is no address for the web server.`, {
    remedy: 'Write a port (8001), or an address of this computer with one (192.0.2.7:8000).',
  });
}
