import { describe, expect, it } from 'vitest';
import { allowPeers } from './vtp-peers-server.ts';

describe('the list of allowed senders', () => {
  it('admits nobody when empty', () => {
    expect(allowPeers([])('127.0.0.1')).toBe(false);
  });

  it('admits the addresses and networks it names, and no others', () => {
    const isAllowed = allowPeers(['192.0.2.7', '198.51.100.0/24', '2001:db8::/32', '::1']);
    for (const address of ['192.0.2.7', '198.51.100.200', '2001:db8::5', '::1']) {
      expect(isAllowed(address)).toBe(true);
    }
    for (const address of ['192.0.2.8', '198.51.101.1', '2001:db9::1', '::2', '', 'localhost']) {
      expect(isAllowed(address)).toBe(false);
    }
  });

  it('knows an IPv4 address in its IPv6 clothes', () => {
    expect(allowPeers(['192.0.2.7'])('::ffff:192.0.2.7')).toBe(true);
  });

  it.each(['localhost', '', '192.0.2.0/33', '192.0.2.0/', '192.0.2.0/8/8', '192.0.2', '::/129'])(
    'refuses the entry "%s"',
    (entry) => {
      expect(() => allowPeers([entry])).toThrow(/is not an address or a network/);
    },
  );
});
