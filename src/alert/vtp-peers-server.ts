import { BlockList, isIP } from 'node:net';
import { PyrosError } from '#platform';

/** Whether a peer address may connect. */
export type PeerCheck = (address: string) => boolean;

/**
 * Reads a list of addresses (`192.0.2.7`, `2001:db8::1`) and networks (`192.0.2.0/24`). An empty
 * list admits nobody. Names are refused: what a name means can change under us.
 */
export function allowPeers(entries: readonly string[]): PeerCheck {
  const allowed = new BlockList();
  for (const entry of entries) addEntry(allowed, entry);
  return (address) => {
    // A dual-stack socket shows IPv4 peers as ::ffff:a.b.c.d.
    const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
    return isIP(plain) !== 0 && allowed.check(plain, familyOf(plain));
  };
}

function addEntry(allowed: BlockList, entry: string): void {
  const [address = '', prefix, ...rest] = entry.split('/');
  const width = isIP(address) === 6 ? 128 : 32;
  const bits = prefix === undefined ? width : Number(prefix || Number.NaN);
  const isGood = Number.isInteger(bits) && bits >= 0 && bits <= width && rest.length === 0;
  if (isIP(address) === 0 || !isGood) {
    throw new PyrosError('ALERT_PEER_INVALID', `"${entry}" is not an address or a network.`, {
      remedy: 'In the unit file, alerts.allow takes for example 192.0.2.7 or 192.0.2.0/24.',
    });
  }
  allowed.addSubnet(address, bits, familyOf(address));
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}
