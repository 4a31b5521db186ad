/** The house in data: who stands on whom, who may touch the outside, and how large things may get. */

/**
 * The folders of `src` from the ground up. A folder may import those of the steps below its own;
 * folders of one step do not know each other.
 */
export const LADDER: readonly (readonly string[])[] = [
  ['platform'],
  ['sky', 'db', 'unit', 'fits'],
  ['users'],
  ['agent'],
  ['devices'],
  ['programs'],
  ['environment'],
  ['request'],
  ['alert', 'planning'],
  ['execution'],
  ['reduction'],
  ['calibration'],
  ['archive'],
  ['dashboard'],
  ['main'],
];

/** Helps the tests and knows everybody; nobody in the product knows it. */
export const TESTING = 'src/testing/';

/** Puts the program together: may import any file of a room, not its index alone. */
export const COMPOSITION_ROOT = 'src/main/';

/** Runs in a browser: reaches the server over HTTP, and shares the types of these files with it. */
export const WEB = 'src/dashboard/web/';
export const TYPES_OF_THE_WEB: readonly string[] = ['src/dashboard/tonight.ts'];
export const PACKAGES_OF_THE_WEB: readonly string[] = ['react', 'react-dom'];

/** Implementations of device contracts, and the files that may know them. */
export const DEVICE_IMPLEMENTATION = /^src\/devices\/.+-(?:driver|simulator)\.ts$/;
export const DEVICE_REGISTRIES: readonly string[] = [
  'src/devices/registry.ts',
  'src/devices/indi/indi-registry.ts',
  'src/devices/simulators.ts',
];

/** Folders that deal with the outside by nature. Every other folder of `src` is a room. */
export const SHELLS: readonly string[] = [
  'src/main/',
  'src/platform/',
  'src/db/',
  'src/agent/',
  'src/devices/link/',
  TESTING,
  WEB,
];

/** In a room, the file names that may deal with the outside; every other file is pure. */
export const SHELL_FILE =
  /(?:^|[/-])(?:agent|client|clock|driver|entity|file|index|keeper|link|registry|routes|runner|server|simulators?|store)\.ts$/;

/** Packages that compute and nothing else. */
export const PURE_PACKAGES: readonly string[] = [
  'astronomy-engine',
  'fast-png',
  'libxml2-wasm',
  'yaml',
  'zod',
];

/** Rooms whose index a pure file must not pull in: what stands behind it is all outside. */
export const SHELL_ROOMS: readonly string[] = ['db'];

/** Where the machine's time and randomness may be asked for. */
export const OWNS_TIME: readonly string[] = ['src/platform/', TESTING, WEB];

/** Written by a program, so not held to the sizes. */
export const GENERATED: readonly string[] = ['src/db/migrations/'];

export const LARGEST_FILE_LINES = 400;
export const LARGEST_FUNCTION_LINES = 40;
export const MOST_PARAMETERS = 3;

/** Tests, and the contracts that are tests shared by several: no purity, functions of any size. */
export function isTest(path: string): boolean {
  return path.startsWith('tests/') || /\.test\.tsx?$|-contract\.ts$/.test(path);
}

/** The file as part of the product: neither test, nor bench, nor tool. */
export function isProduct(path: string): boolean {
  return path.startsWith('src/') && !path.startsWith(TESTING) && !isTest(path);
}

/** A file that may compute and nothing else. */
export function isPure(path: string): boolean {
  return isProduct(path) && !startsWithAny(path, SHELLS) && !SHELL_FILE.test(path);
}

/** `planning` of `src/planning/merits/altitude.ts`; nothing outside `src`. */
export function roomOf(path: string): string | undefined {
  return /^src\/([^/]+)\//.exec(path)?.[1];
}

export function startsWithAny(path: string, prefixes: readonly string[]): boolean {
  return prefixes.some((prefix) => path.startsWith(prefix));
}
