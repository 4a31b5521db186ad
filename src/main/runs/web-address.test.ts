import { describe, expect, it } from 'vitest';
import { webAddress } from './web-address.ts';

describe('the address of the web server', () => {
  it.each([
    ['8001', '127.0.0.1', 8001],
    ['localhost:8001', '127.0.0.1', 8001],
    ['localhost', '127.0.0.1', 8000],
    ['0.0.0.0:80', '0.0.0.0', 80],
    ['192.0.2.7', '192.0.2.7', 8000],
    ['::1', '::1', 8000],
    ['[2001:db8::1]:8080', '2001:db8::1', 8080],
  ])('%s is %s, port %i', (text, host, port) => {
    expect(webAddress(text)).toEqual({ host, port });
  });

  it.each(['', '0', '70000', 'observatory.example:8000', '300.1.1.1:80', '1.2.3.4:99999', ':8000'])(
    'is not "%s"',
    (text) => {
      expect(() => webAddress(text)).toThrow(/is no address for the web server/);
    },
  );
});
