import { expect, test } from 'vitest';
import { ObservatoryStage } from '../../src/testing/observatory-stage.ts';

function place(stage: ObservatoryStage) {
  const mount = stage.observatory.simulators.mount?.truth?.();
  return { alt: Number(mount?.altDeg), az: Number(mount?.azDeg), dome: stage.observatory.simulators.dome?.truth?.().azimuthDeg };
}

test.each(['EmergencyStop', 'Intrusion'])('PROBE %s freezes', async (value) => {
  const stage = await ObservatoryStage.observing();
  await stage.plc(`OBSERVATORY ${value}`, 1);
  await stage.pass(4);
  const start = place(stage);
  console.log('start', start);
  for (let i = 0; i < 6; i++) {
    await stage.pass(15);
    console.log(value, i, place(stage), stage.openFraction());
  }
});
