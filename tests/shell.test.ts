import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runInitdb } from '../src/main/database/run-initdb.ts';
import { loadUnit, versionOfCode, writeRunSettings } from '../src/main/run-settings.ts';
import { type Place, place } from './database-places.ts';

const MAIN = join(import.meta.dirname, '..', 'src', 'main');
const AT = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z`;

async function newUnit(): Promise<Place> {
  const at = place();
  await runInitdb(at);
  return at;
}

/** Types lines into a shell process; gives what it said to each, and its exit code. */
async function typed(at: Place, lines: readonly string[]) {
  const { databaseUrl, dataFolder } = at;
  const options = JSON.stringify({ databaseUrl, dataFolder });
  const module = JSON.stringify(join(MAIN, 'shell', 'run-shell.ts'));
  const script = `import(${module}).then((it) => it.runShell(${options})).then((code) => { process.exitCode = code; })`;
  const quiet = '--disable-warning=ExperimentalWarning';
  const shell = spawn(process.execPath, [quiet, '-e', script], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  shell.stdin.end(`${lines.join('\n')}\n`);
  let text = '';
  shell.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  const [code] = await once(shell, 'close');
  const said = text.split('>>> ').slice(1);
  return {
    code,
    answers: lines.map((line, i) => said[i]?.replace(`${line}\n`, '').trimEnd() ?? ''),
  };
}

/** Types a walk-through and compares each answer. */
async function walk(at: Place, steps: readonly (readonly [string, string | RegExp])[]) {
  const { code, answers } = await typed(
    at,
    steps.map(([line]) => line),
  );
  for (const [i, [line, answer]] of steps.entries()) {
    // How long an agent rests is its own affair.
    const said = answers[i]?.replaceAll(/Waiting [2-4] sec/g, 'Waiting N sec');
    if (typeof answer === 'string') expect(said, line).toBe(answer);
    else expect(said, line).toMatch(answer);
  }
  expect(code).toBe(0);
}

/** AgentB in a process of its own, at work; `exit` gives its exit code. */
async function startAgentB(at: Place): Promise<{ exit: Promise<unknown> }> {
  const { databaseUrl, dataFolder } = at;
  const unit = loadUnit('simulated');
  const rest = { time: null, seed: 1, scenario: null, version: versionOfCode() };
  const runFile = writeRunSettings({ unit, databaseUrl, dataFolder, ...rest });
  const agent = fork(join(MAIN, 'agent-process.ts'), [runFile, 'AgentB'], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    silent: true,
  });
  onTestFinished(() => void agent.kill('SIGKILL'));
  const exit = once(agent, 'exit').then(([code]) => code);
  await once(agent, 'message');
  return { exit };
}

const untilStep4 = `while ((await cmd.refresh()).progress !== 'in step #4/5') await new Promise((next) => setTimeout(next, 20))`;
const START = `(agent_toto): [IN NORMAL MODE]
(agent_toto): [INITIALIZING]
Delete (false) 'running' command if exists:
<None>`;
const ITERATION_1 = `(agent_toto): ----- MAIN LOOP ITERATION 1 (START) -----
(agent_toto): [IN_MAIN_LOOP]
(agent_toto): CURRENT MODE is ACTIVE (status is IN_MAIN_LOOP)
(agent_toto): Waiting N sec (random) before starting new iteration...
(agent_toto): Looking for old commands to purge...
(Looking for commands sent to me that are not executing and older than 1.0 hour(s))
<None>
(agent_toto): [IN_GET_NEXT_COMMAND]
(agent_toto): [IN_ROUTINE_PROCESS]
(agent_toto): ----- MAIN LOOP ITERATION (END) -----`;
const ITERATION_2 = `(agent_toto): ----- MAIN LOOP ITERATION 2 (START) -----
(agent_toto): [IN_MAIN_LOOP]
(agent_toto): CURRENT MODE is ACTIVE (status is IN_MAIN_LOOP)
(agent_toto): Waiting N sec (random) before starting new iteration...
(agent_toto): [IN_GET_NEXT_COMMAND]
(agent_toto): [IN_ROUTINE_PROCESS]
(agent_toto): ----- MAIN LOOP ITERATION (END) -----`;
const reached = (n: number) => `Exit because number of iterations asked (${n}) has been reached`;

test('the guide’s walk-through with an agent can be typed (§11.3.1)', async () => {
  const at = await newUnit();
  const agentB = await startAgentB(at);
  await walk(at, [
    [
      `agent = new AgentA('agent_toto')`,
      `(agent_toto): [LAUNCHED]
(agent_toto): [NEW MODE IDLE]
(agent_toto): [NEW MODE IDLE]
(agent_toto): [NEW MODE ACTIVE]
I am agent agent_toto`,
    ],
    ['agent', 'I am agent agent_toto'],
    ['console.log(String(agent))', 'I am agent agent_toto'],
    [
      'await agent.loadConfig()',
      /^----- Components of the unit -----\nConfiguration file is .*config\/simulated.yaml\nUnit alias is SimulUnit1\.[\s\S]*- database alias is PyROSDatabase\. Description is None\n- mount alias is VirtualMount[\s\S]*----- Assembly of the unit -----\nAssembled mount aliases: \['VirtualMount'\]\n/,
    ],
    ['await agent.init()', '(agent_toto): [INITIALIZING]'],
    ['agent.showModeAndStatus()', '(agent_toto): CURRENT MODE is ACTIVE (status is INITIALIZING)'],
    ['await agent.updateSurvey()', ''],
    [
      'await agent.purgeOldCommandsSentToMe()',
      /^\(Looking for commands sent to me that are not executing and older than 1\.0 hour\(s\)\)\n<None>/,
    ],
    ['cmd = await agent.getNextValidCommand()', /^\(agent_toto\): \[IN_GET_NEXT_COMMAND\]/],
    ['cmd === null', 'true'],
    ['if (cmd) cmd = await agent.commandProcess(cmd)', ''],
    ['await agent.routineProcess()', '(agent_toto): [IN_ROUTINE_PROCESS]'],
    [`cmd1 = await agent.sendCommand('AgentB', 'eval 2+2')`, /^<Command: .*'eval 2\+2'/],
    [`cmd2 = await agent.sendCommand('AgentB', 'eval 4+5')`, /^<Command: .*'eval 4\+5'/],
    ['cmd1.result', `''`],
    ['void (await cmd1.ended(), await cmd2.ended())', ''],
    [
      'await cmd1.refresh()',
      new RegExp(
        `^<Command: Comm.*'eval 2\\+2' \\(CMD_EXECUTED\\) sent by agent agent_toto to agent AgentB at ${AT}>$`,
      ),
    ],
    ['cmd1.result', `'4'`],
    ['await cmd2.getUpdatedResult()', `'9'`],
    [`cmd = await agent.sendCommand('AgentB', 'specific1')`, /^<Command: .*'specific1'/],
    [untilStep4, ''],
    [`await agent.sendCommand('AgentB', 'abort')`, /^<Command: .*abort'/],
    ['void (await cmd.ended())', ''],
    ['cmd.result', `'in step #4/5'`],
    ['cmd.receiverStatusCode', `'CMD_KILLED'`],
    ['await agent.run(0)', START],
    ['await agent.run(1)', [START, ITERATION_1, reached(1)].join('\n')],
    ['await agent.run(2)', [START, ITERATION_1, '', ITERATION_2, reached(2)].join('\n')],
    [`(await send('AgentB', 'restart_init')).receiverStatusCode`, `'CMD_EXECUTED'`],
    [`(await send('AgentB', 'exit')).receiverStatusCode`, `'CMD_EXECUTED'`],
  ]);
  expect(await agentB.exit).toBe(0);
});

test('the guide’s walk-through with the objects can be typed (§11.3.2, §12.1.3)', async () => {
  await walk(await newUnit(), [
    ['models', /'AgentsSurvey', 'Album', 'Alert', .*'Country', .*'WeatherWatchHistory'/],
    [`country = new Country({name: 'mexico', quota: 1})`, '<Country: mexico>'],
    ['country.id', ''],
    ['await country.save()', '<Country: mexico>'],
    [`country = new Country({name: 'france'})`, '<Country: france>'],
    ['await country.save()', '<Country: france>'],
    ['country.pk === country.id && country.id > 0', 'true'],
    [
      'countries = await Country.objects.all()',
      /^<QuerySet \[.*<Country: mexico>, <Country: france>\]>$/,
    ],
    ['await countries.count() === countries.length', 'true'],
    ['console.log(String(countries))', /<Country: mexico>, <Country: france>$/],
    [
      'console.log(countries.query)',
      'SELECT country.id, country.name, country.description, country.quota FROM country',
    ],
    [
      `await countries.filter({name__icontains: 'FRAN'}).exclude({name__startswith: 'F'})`,
      '<QuerySet [<Country: france>]>',
    ],
    [`await countries.filter({name__startswith: 'me'})`, '<QuerySet [<Country: mexico>]>'],
    [`usr_lvl = await UserLevel.objects.create({name: 'default'})`, '<UserLevel: default>'],
    [
      `user1 = await PyrosUser.objects.create({username: 'toto', country: country, user_level: usr_lvl, quota: 1111})`,
      '<PyrosUser: toto>',
    ],
    [
      `sp = await ScientificProgram.objects.create({name: 'default'})`,
      '<ScientificProgram: default>',
    ],
    [
      'req = await Request.objects.create({pyros_user: user1, scientific_program: sp})',
      /^<Request: /,
    ],
    [
      `seq = await Sequence.objects.create({request: req, status: Sequence.TOBEPLANNED, name: 'seq1', jd1: 0, jd2: 2, priority: 4, t_prefered: 1, duration: 1})`,
      '<Sequence: seq1>',
    ],
    ['req2 = await seq.request', /^<Request: /],
    ['req2.id === req.id', 'true'],
    [`seq.name = 'new name'`, `'new name'`],
    ['await seq.save()', '<Sequence: new name>'],
    [`(await Sequence.objects.get({name: 'new name'})).id === seq.id`, 'true'],
    [`await seq.albums.create({name: 'album1', detector: 'VIS'})`, '<Album: album1>'],
    ['album1 = (await seq.albums.all())[0]', '<Album: album1>'],
    [`await album1.plans.create({name: 'plan1'})`, '<Plan: plan1>'],
    [
      `for (const plan of await album1.plans.all()) console.log('plan', plan)`,
      'plan <Plan: plan1>',
    ],
    ['await seq.delete()', ''],
    [`await Sequence.objects.filter({target: 'target'})`, '<QuerySet []>'],
    [
      'asurv1 = new AgentsSurvey()',
      '<AgentsSurvey: Agent None at None in mode None and status None>',
    ],
    [
      `asurv1 = new AgentsSurvey({name: 'agentX', mode: 'idle'})`,
      '<AgentsSurvey: Agent agentX at None in mode idle and status None>',
    ],
    ['asurv1.created', ''],
    [
      'await asurv1.save()',
      new RegExp(`^<AgentsSurvey: Agent agentX at ${AT} in mode idle and status None>$`),
    ],
    ['asurv1.created', new RegExp(`^'${AT}'$`)],
    [`await AgentsSurvey.objects.create({name: 'agentY', mode: 'active'})`, /Agent agentY at/],
    ['(await AgentsSurvey.objects.all())[1]', /Agent agentY at/],
    [`await AgentsSurvey.objects.get({name: 'agentX'})`, /Agent agentX at/],
    [
      `await PyrosUser.objects.get(Q({username__startswith: 'toto'}).or(Q({date_joined__year: 2014})))`,
      '<PyrosUser: toto>',
    ],
    [
      `(await Request.objects.all().with('pyrosUser').get({id: req.id})).pyrosUser`,
      '<PyrosUser: toto>',
    ],
  ]);
});

test('the guide’s walk-through with the scheduler can be typed (§13.6.4)', async () => {
  const sequence = (name: string, jd1: number, jd2: number) =>
    `await Sequence.objects.create({request: req1, status: Sequence.TOBEPLANNED, name: '${name}', jd1: ${jd1}, jd2: ${jd2}, priority: 1, t_prefered: -1, duration: 1})`;
  await walk(await newUnit(), [
    ['scheduler = new Scheduler()', /Scheduler/],
    ['scheduler.maxOverhead = 1', '1'],
    ['c = await Country.objects.create()', /^<Country: /],
    ['sp = await ScientificProgram.objects.create()', /^<ScientificProgram: /],
    ['ul = await UserLevel.objects.create()', /^<UserLevel: /],
    [
      `usr1 = await PyrosUser.objects.create({username: 'toto', country: c, user_level: ul, quota: 100})`,
      '<PyrosUser: toto>',
    ],
    [
      `req1 = await Request.objects.create({name: 'my request 1', pyros_user: usr1, scientific_program: sp})`,
      '<Request: my request 1>',
    ],
    ['for (const s of await Sequence.objects.all()) await s.delete()', ''],
    [`seq11 = ${sequence('seq1.1', 0, 2)}`, '<Sequence: seq1.1>'],
    [`seq12 = ${sequence('seq1.2', 4, 6)}`, '<Sequence: seq1.2>'],
    ['seq13 = seq12.copy()', '<Sequence: seq1.2>'],
    [`seq13.name = 'seq1.3'`, `'seq1.3'`],
    ['seq13.jd1 = 7', '7'],
    ['seq13.jd2 = 9', '9'],
    ['await seq13.save()', '<Sequence: seq1.3>'],
    [
      'await req1.sequences.all()',
      '<QuerySet [<Sequence: seq1.1>, <Sequence: seq1.2>, <Sequence: seq1.3>]>',
    ],
    ['await scheduler.makeSchedule()', new RegExp(`^<Schedule: ${AT}>$`)],
    [
      `schedule = await Schedule.objects.orderBy('-created').first()`,
      new RegExp(`^<Schedule: ${AT}>$`),
    ],
    [`nbPlanned = (await schedule.shs.filter({status: 'PLANNED'})).length`, '3'],
    ['(await schedule.shs.all()).map((one) => Math.floor(one.tsp))', '[ 0, 4, 7 ]'],
  ]);
});

test('a sequence with a place in the sky is planned in the dark of its night, or told why not', async () => {
  const today = Date.now() / 86_400_000 + 2_440_587.5;
  const sequence = (name: string, decDeg: number) =>
    `await Sequence.objects.create({request: req1, status: Sequence.TOBEPLANNED, name: '${name}', jd1: ${today - 2}, jd2: ${today + 2}, priority: 50, duration: 60, raDeg: 10, decDeg: ${decDeg}})`;
  await walk(await newUnit(), [
    ['scheduler = new Scheduler()', /Scheduler/],
    ['c = await Country.objects.create()', /^<Country: /],
    ['sp = await ScientificProgram.objects.create()', /^<ScientificProgram: /],
    ['ul = await UserLevel.objects.create()', /^<UserLevel: /],
    [
      `usr1 = await PyrosUser.objects.create({username: 'toto', country: c, user_level: ul})`,
      '<PyrosUser: toto>',
    ],
    [
      `req1 = await Request.objects.create({name: 'r', pyros_user: usr1, scientific_program: sp})`,
      '<Request: r>',
    ],
    ['for (const s of await Sequence.objects.all()) await s.delete()', ''],
    [`north = ${sequence('north', 80)}`, '<Sequence: north>'],
    [`south = ${sequence('south', -80)}`, '<Sequence: south>'],
    ['schedule = await scheduler.makeSchedule()', new RegExp(`^<Schedule: ${AT}>$`)],
    ['(await schedule.shs.all()).map((one) => one.code).sort()', `[ '', 'ELEVATION' ]`],
    [`(await schedule.shs.get({status: 'PLANNED'})).altDeg > 25`, 'true'],
  ]);
});

test('what goes wrong in the shell is one sentence, and a script that failed ends with 1', async () => {
  const { code, answers } = await typed(await newUnit(), [
    `new Country({nmae: 'x'})`,
    `new Country({quota: 'x'})`,
    'Country.objects.get({id: 999})',
    'await new Sequence().save()',
    'nothing.here',
    `await send('AgentQ', 'eval 2+2')`,
    '1 + 1',
  ]);
  expect(answers.slice(0, 5)).toEqual([
    'Country has no field "nmae". Did you mean "name"?',
    'Country.quota takes a number, not "x".',
    'There is no such Country.',
    'Sequence needs its request. Give it a Request: new Sequence({request: …}).',
    'ReferenceError: nothing is not defined',
  ]);
  expect(answers[5]).toMatch(/^There is no agent "AgentQ"\./);
  expect(answers[6]).toBe('2');
  expect(code).toBe(1);
});
