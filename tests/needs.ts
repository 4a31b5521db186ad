import { accessSync, constants, globSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Programs that some tests talk to: their Debian package, and where they may be besides PATH. */
const PROGRAMS = {
  /** A module of Debian's Python: its folder. */
  astropy: {
    debian: 'python3-astropy python3-ephem',
    names: ['astropy'],
    folders: ['/usr/lib/python3/dist-packages'],
  },
  chromium: {
    debian: 'chromium',
    names: ['chromium', 'chromium-browser', 'google-chrome'],
    folders: ['/Applications/Google Chrome.app/Contents/MacOS'],
  },
  fitsverify: { debian: 'fitsverify', names: ['fitsverify'], folders: [] },
  indiserver: { debian: 'indi-bin', names: ['indiserver'], folders: [] },
  mariadb: { debian: 'mariadb-server', names: ['mariadbd'], folders: ['/usr/sbin'] },
  postgresql: {
    debian: 'postgresql',
    names: ['postgres'],
    folders: ['/usr/lib/postgresql/*/bin', '/opt/homebrew/opt/postgresql*/bin'],
  },
} as const;

export type Program = keyof typeof PROGRAMS;

/** Whether a program is here. */
export interface Need {
  readonly available: boolean;
  /** The program itself, e.g. `/usr/lib/postgresql/17/bin/postgres`; empty when it is missing. */
  readonly path: string;
  /** The line that installs it on Debian. */
  readonly install: string;
}

/** Where the names of missing programs are left for the summary of `./pyros test`. */
const MISSING = fileURLToPath(new URL('../data/test/missing/', import.meta.url));

/** Where to look and where to leave a note; both have good defaults. */
interface NeedsOptions {
  /** As in the environment. */
  readonly path?: string | undefined;
  readonly notes?: string;
}

/**
 * Declares that tests of a file talk to a program: `test.skipIf(!needs('fitsverify').available)`.
 * What is missing is listed at the end of `./pyros test`; in CI a skipped test is a failure.
 */
export function needs(program: Program, options: NeedsOptions = {}): Need {
  const { path: folders = process.env.PATH ?? '', notes = MISSING } = options;
  const { debian } = PROGRAMS[program];
  const path = find(program, folders.split(delimiter));
  if (!path) {
    mkdirSync(notes, { recursive: true });
    writeFileSync(join(notes, program), debian);
  }
  return { available: path !== '', path, install: `apt-get install -y ${debian}` };
}

function find(program: Program, searched: readonly string[]): string {
  const { names, folders } = PROGRAMS[program];
  const places = [...folders.flatMap(newestFirst), ...searched];
  const paths = places.flatMap((place) => names.map((name) => join(place, name)));
  return paths.find(isExecutable) ?? '';
}

/** The folders of a pattern; of several versions the newest first. */
function newestFirst(pattern: string): string[] {
  return globSync(pattern).sort((a, b) => b.localeCompare(a, 'en', { numeric: true }));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
