import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Fact } from '#agent';
import { readObservatory } from '#execution';
import { operatorKey } from '../src/dashboard/operator-key-file.ts';
import { needs } from './needs.ts';
import { type RunningNight, startNight } from './running-night.ts';

const browserNeed = needs('chromium');
const AGENT = join(import.meta.dirname, '..', 'src', 'main', 'agent-process.ts');
/** How long the page may lag behind a fact on a loaded machine, real ms. */
const PATIENCE = 180_000;

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The facts from the last one of a type on, without it. */
function since(facts: readonly Fact[], type: Fact['type']): readonly Fact[] {
  const place = facts.findLastIndex((fact) => fact.type === type);
  return place === -1 ? [] : facts.slice(place + 1);
}

/** A process that was found silent may have been replaced already. */
function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {}
}

const some = (facts: readonly Fact[], type: Fact['type']) =>
  facts.some((fact) => fact.type === type);

describe.skipIf(!browserNeed.available)('the page during a night', () => {
  let night: RunningNight;
  let browser: Browser;
  let page: Page;
  let lateServer: ChildProcess | null = null;
  const hosts = new Set<string>();
  const complaints: string[] = [];

  beforeAll(async () => {
    [night, browser] = await Promise.all([
      startNight({ args: ['--rate', '150'] }),
      chromium.launch({ executablePath: browserNeed.path, args: FLAGS }),
    ]);
    page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    page.on('request', (request) => hosts.add(new URL(request.url()).host));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      // A server that was killed is complained of by the browser itself.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
        complaints.push(message.text());
      }
    });
    await page.goto(night.url);
  });

  afterAll(async () => {
    lateServer?.kill('SIGKILL');
    await browser?.close();
    await night?.stop();
  });

  const part = (name: string) => page.locator(`[data-testid="${name}"]`);

  /** Waits until the sentence, which nobody reloads, reads so. */
  async function sentenceReads(pattern: RegExp): Promise<void> {
    await part('sentence').filter({ hasText: pattern }).waitFor({ timeout: PATIENCE });
  }

  it('says in one sentence why the dome is closed, or what is done', async () => {
    await sentenceReads(
      /^(Closed|Starting|Passive|Standing by|About|Opening|Open|Slewing|Observing)/,
    );
    expect(await part('rate').textContent()).toMatch(/Simulation/i);
  });

  it('ticks', async () => {
    const before = await part('utc').textContent();
    await page.waitForFunction(
      (text) => document.querySelector('[data-testid="utc"]')?.textContent !== text,
      before,
      { timeout: PATIENCE },
    );
    expect(await part('utc').textContent()).toMatch(/^\d\d:\d\d:\d\dZ$/);
  });

  it('comes to say what is observed, without being loaded again', async () => {
    await page.evaluate(() => document.body.setAttribute('data-loaded', 'once'));
    await night.until('an image', (facts) => some(facts, 'ImageTaken'));
    await sentenceReads(/^(Observing|Slewing to) /);
    await expect.poll(() => part('dome').textContent(), { timeout: PATIENCE }).toContain('Open');
    await part('last-image').locator('img').first().waitFor({ timeout: PATIENCE });
    await page.waitForFunction(
      () =>
        (document.querySelector<HTMLImageElement>('[data-testid="last-image"] img')?.naturalWidth ??
          0) > 50,
      undefined,
      { timeout: PATIENCE },
    );
  });

  it('shows on its second page the plan, why some have no place, and what changed', async () => {
    const second = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    second.on('pageerror', (error) => complaints.push(error.message));
    const there = (name: string) => second.locator(`[data-testid="${name}"]`);
    await second.goto(`${night.url}/schedule`);
    await there('plan-sentence')
      .filter({ hasText: /planned|running/ })
      .waitFor({ timeout: PATIENCE });
    const rows = there('schedule-gantt').locator('[role="option"]');
    await rows.first().waitFor({ timeout: PATIENCE });
    // From the keyboard: the last row, and then the one before it.
    await there('schedule-gantt').locator('[role="listbox"]').focus();
    await second.keyboard.press('End');
    const last = await there('chosen').locator('strong').first().textContent();
    await second.keyboard.press('ArrowUp');
    await expect
      .poll(() => there('chosen').locator('strong').first().textContent(), { timeout: PATIENCE })
      .not.toBe(last);
    await there('chosen').getByText('visible', { exact: true }).waitFor({ timeout: PATIENCE });
    expect(await there('visibility').locator('.chart .visibility-line').getAttribute('d')).toMatch(
      /^M.*V/,
    );
    expect(await there('elevation').locator('.chart .curve-raised').getAttribute('d')).toMatch(
      /^M/,
    );
    expect(await there('unplanned').textContent()).toMatch(/Jewel Box.*Too low.*Never above 25/);
    // Each end of a sequence brings a new plan: the page shows it without being loaded again.
    const plans = there('plans').locator('li');
    const before = await plans.count();
    await expect.poll(() => plans.count(), { timeout: PATIENCE }).toBeGreaterThan(before);
    await there('changes')
      .getByText(/keeps? (its|their) place/)
      .waitFor({ timeout: PATIENCE });
    await second.setViewportSize({ width: 360, height: 740 });
    await second.waitForFunction(() => innerWidth === 360);
    const overhang = () =>
      second.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
    await expect.poll(overhang, { timeout: PATIENCE }).toBeLessThanOrEqual(0);
    await second.close();
  });

  it('does not scroll sideways on a narrow phone', async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    // The pictures are drawn anew for the new width: that takes a frame.
    await page.waitForFunction(() => innerWidth === 360 && document.readyState === 'complete');
    const overhang = () =>
      page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        return scrollWidth - clientWidth;
      });
    for (let i = 0; (await overhang()) > 0 && i < 40; i++) await page.waitForTimeout(50);
    const last = await overhang();
    await page.setViewportSize({ width: 1440, height: 900 });
    expect(last).toBeLessThanOrEqual(0);
  });

  it('writes in nothing but red in the red theme', async () => {
    const theme = () => page.evaluate(() => document.documentElement.getAttribute('data-theme'));
    for (let i = 0; i < 3 && (await theme()) !== 'red'; i++) await part('theme').click();
    expect(await theme()).toBe('red');
    const colours = await page.evaluate(() => {
      const texts = [
        ...document.querySelectorAll('h1, h2, dd, dt, td, th, li, time, button, text'),
      ];
      return texts.map((one) => {
        const style = getComputedStyle(one);
        return one instanceof SVGElement ? style.fill : style.color;
      });
    });
    expect(colours.length).toBeGreaterThan(40);
    for (const colour of new Set(colours)) {
      const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map(Number);
      expect(green, colour).toBeLessThan(0.65 * red + 1);
      expect(blue, colour).toBeLessThan(0.65 * red + 1);
    }
    await part('theme').click();
    expect(await theme()).toBe('dark');
  });

  it('tells of the alert, and of the seconds that it took', async () => {
    await night.until('an alert', (facts) => some(facts, 'AlertReceived'));
    await sentenceReads(/^(Observing|Slewing to) the alert Swift 596958/);
    await night.until('its light', (facts) =>
      some(since(facts, 'AlertReceived'), 'ExposureStarted'),
    );
    await expect
      .poll(() => part('alert').textContent(), { timeout: PATIENCE })
      .toMatch(/First shutter open\s*\d\d:\d\d:\d\dZ\s*T \+ /);
  });

  it('says that its server is silent when it is killed, and recovers by itself', async () => {
    const before = await night.pid('Webserver');
    // Killed at once, it would be replaced before anybody saw that it was gone.
    process.kill(before, 'SIGSTOP');
    await part('link-banner').waitFor({ timeout: PATIENCE });
    expect(await part('link-banner').textContent()).toMatch(/Last seen 00:00:\d\d ago/);
    kill(before);
    await part('link-banner').waitFor({ state: 'detached', timeout: PATIENCE });
  });

  it('says that the rain closed the dome', async () => {
    await night.until('the rain', (facts) => some(since(facts, 'AlertReceived'), 'DomeClosed'));
    await sentenceReads(/rain/);
    await expect.poll(() => part('dome').textContent(), { timeout: PATIENCE }).toContain('Closed');
    await expect
      .poll(() => part('safety').textContent(), { timeout: PATIENCE })
      .toContain('UNSAFE');
  });

  describe('for the operator', () => {
    let desk: Page;
    const there = (name: string) => desk.locator(`[data-testid="${name}"]`);
    const reads = async (name: string, text: string | RegExp) =>
      await there(name).filter({ hasText: text }).waitFor({ timeout: PATIENCE });

    beforeAll(async () => {
      desk = await browser.newPage({ viewport: { width: 1440, height: 900 } });
      desk.on('pageerror', (error) => complaints.push(error.message));
      await desk.goto(`${night.url}/observatory`);
    });

    afterAll(async () => {
      await desk?.close();
    });

    it('lets nobody act without the key, and the operator with it', async () => {
      const close = there('control').getByRole('button', { name: 'Close and lock' });
      await close.waitFor({ timeout: PATIENCE });
      expect(await close.isDisabled()).toBe(true);
      await there('operator').getByRole('button', { name: 'Act as operator' }).click();
      await there('operator').getByLabel('Your name').fill('Ada');
      const key = there('operator').getByLabel('Operator’s key');
      const use = there('operator').getByRole('button', { name: 'Use this key' });
      await key.fill('a guess');
      await use.click();
      await reads('operator', 'That is not the operator’s key');
      await key.fill(operatorKey(night.dataFolder));
      await use.click();
      await reads('operator', 'Ada acts as Operator');
    });

    it('closes and locks, and says so once the dome itself is closed', async () => {
      await there('control').getByRole('button', { name: 'Close and lock' }).click();
      await reads('last-action', 'Confirmed');
      await reads('value-lock', 'LOCKED');
      expect(await there('dome-panel').textContent()).toContain('Closed');
    });

    it('refuses who acts on an older state, and tells who was faster', async () => {
      const answer = await fetch(`${night.url}/api/observatory/remote`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-pyros-operator-key': operatorKey(night.dataFolder),
        },
        body: JSON.stringify({ by: 'Bob', version: 0 }),
      });
      expect(answer.status).toBe(409);
      const { code, error } = (await answer.json()) as { code: string; error: string };
      expect(code).toBe('STATE_CHANGED');
      expect(error).toMatch(/by Ada/i);
    });

    it('shows the weather that is made on the page of the simulators', async () => {
      await desk.goto(`${night.url}/simulator`);
      await there('plc-values').getByLabel('WXT520 RainRate by hand').fill('33');
      await desk.keyboard.press('Enter');
      await desk.goto(`${night.url}/observatory`);
      await reads('value-raw', /UNSAFE.*rain 33 mm\/h/);
      await reads('value-effective', 'UNSAFE');
      await desk.goto(`${night.url}/simulator`);
      await there('picks').getByRole('button', { name: 'All is well again' }).click();
      await desk.goto(`${night.url}/observatory`);
      await there('sensors')
        .getByRole('row', { name: /WXT520.RainRate 0\.0/ })
        .waitFor({ timeout: PATIENCE });
    });
  });

  it('shows the end of the night and its report, even from a server that starts after it', async () => {
    const facts = await night.until('the end', (all) => some(all, 'NightEnded'), 900);
    await night.exitCode();
    const runFile = join(night.dataFolder, 'run.json');
    lateServer = spawn(process.execPath, [AGENT, runFile, 'Webserver'], { stdio: 'ignore' });
    await sentenceReads(/^The night is over/);
    // The unit has ended too: its last word is that it shut down, from a closed standby.
    expect((await readObservatory(night.database))?.mode).toBe('SHUTDOWN');
    expect(await page.locator('body').getAttribute('data-loaded')).toBe('once');
    await page.getByRole('link', { name: /^Report of the night/ }).click();
    const images = facts.filter((fact) => fact.type === 'ImageTaken').length;
    await page
      .locator('h1')
      .filter({ hasText: `${images} images` })
      .waitFor({ timeout: PATIENCE });
    await page.getByText('First image').waitFor({ timeout: PATIENCE });
  });

  it('asked nobody but its own server, and complained of nothing', async () => {
    expect([...hosts]).toEqual([new URL(night.url).host]);
    expect(complaints).toEqual([]);
    lateServer?.kill('SIGTERM');
    if (lateServer && lateServer.exitCode === null) await once(lateServer, 'exit');
  });
});
