import { type ChildProcess, spawn } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const REPOSITORY = fileURLToPath(new URL('..', import.meta.url));

/** All that the launcher may ask of the system, besides Node and npm. */
const UTILITIES =
  'awk cat cksum df dirname find grep mkdir mv readlink rm rmdir sed sh sleep tail touch uname'.split(
    ' ',
  );

/** An npm that installs a vite which copies the page, and counts how often it ran. */
const WORKING_NPM = `
echo "$PWD $*" >>"$HOME/npm-calls"
mkdir -p node_modules/vite/bin
cat >node_modules/vite/bin/vite.js <<'JS'
const { cpSync } = require('node:fs');
cpSync('src/dashboard/web', process.argv[process.argv.indexOf('--outDir') + 1], { recursive: true });
JS
`;

/** Tells how it was called, then obeys its first argument. */
const CLI = `
const [command, ...rest] = process.argv.slice(2);
console.log(JSON.stringify({ command, rest, cwd: process.cwd(), node: process.env.NODE_NAME, pid: process.pid }));
if (command === 'exit') process.exit(Number(rest[0]));
if (command === 'linger') setInterval(() => {}, 1000);
`;

/** What a launcher left behind when it ended. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A launcher on its way. */
export interface Launch {
  readonly process: ChildProcess;
  readonly ended: Promise<Ending>;
  /** Resolves when its standard output holds `text`; rejects when it ends without. */
  readonly says: (text: string) => Promise<void>;
}

/**
 * A small checkout in a temporary folder: the real launcher, a tiny package set, and a PATH that
 * holds nothing but the utilities of a bare system and the programs that a test puts there.
 */
export class LauncherCheckout {
  readonly home = mkdtempSync(join(tmpdir(), 'pyros-launcher-'));
  readonly root: string;
  readonly bin: string;

  constructor(name = 'checkout') {
    this.root = join(this.home, name);
    this.bin = join(this.home, 'bin');
    this.#makeBin();
    for (const path of ['pyros', 'tools/node/package.json', 'tools/node/package-lock.json']) {
      cpSync(join(REPOSITORY, path), join(this.root, path));
    }
    this.write('package.json', '{\n  "version": "1.2.3",\n  "engines": { "node": ">=24.11" }\n}\n');
    this.write('package-lock.json', 'first');
    this.write('src/main/cli.ts', CLI);
    this.write('src/dashboard/web/index.html', 'page one');
    this.write('src/dashboard/tonight.ts', '');
    this.write('vite.config.ts', '');
    this.program('node', `export NODE_NAME=system; exec '${process.execPath}' "$@"`);
    this.program('npm', WORKING_NPM);
  }

  #makeBin(): void {
    mkdirSync(this.bin, { recursive: true });
    const folders = (process.env.PATH ?? '').split(delimiter);
    for (const utility of UTILITIES) {
      const folder = folders.find((candidate) => existsSync(join(candidate, utility)));
      if (folder) symlinkSync(join(folder, utility), join(this.bin, utility));
    }
  }

  /** Puts a shell program into the PATH, in place of the one of that name. */
  program(name: string, script: string): void {
    const path = join(this.bin, name);
    rmSync(path, { force: true });
    writeFileSync(path, `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
  }

  remove(name: string): void {
    rmSync(join(this.bin, name));
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), text);
  }

  read(path: string): string {
    return readFileSync(join(this.root, path), 'utf8');
  }

  has(path: string): boolean {
    return existsSync(join(this.root, path));
  }

  /** The folders and arguments npm was called with, one line a call. */
  npmCalls(): string[] {
    const path = join(this.home, 'npm-calls');
    return existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : [];
  }

  launch(args: readonly string[], how: { path?: string; cwd?: string } = {}): Launch {
    const child = spawn(how.path ?? join(this.root, 'pyros'), args, {
      cwd: how.cwd ?? this.home,
      env: { PATH: this.bin, HOME: this.home },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return watched(child);
  }

  run(...args: string[]): Promise<Ending> {
    return this.launch(args).ended;
  }

  dispose(): void {
    rmSync(this.home, { recursive: true, force: true });
  }
}

function watched(child: ReturnType<typeof spawn>): Launch {
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    stderr += chunk;
  });
  const ended = new Promise<Ending>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  const says = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (stdout.includes(text)) resolve();
      };
      child.stdout?.on('data', look);
      child.on('close', () => reject(new Error(`ended without "${text}": ${stdout}${stderr}`)));
      look();
    });
  return { process: child, ended, says };
}
