import { type FormEvent, useState } from 'react';
import type { PlcValueView, SimulatorPage } from '../../tonight.ts';
import { unitSymbol } from '../format/quantity.ts';
import { Section } from '../parts/section.tsx';
import { Shape } from '../parts/shape.tsx';
import { clearFault, plcValue, SILENT, setFault } from './quick-picks.ts';
import type { Driver } from './use-driver.ts';

interface PlcProps {
  readonly page: SimulatorPage;
  readonly driver: Driver;
}

/** The simulated PLC: whether it answers, and each value by hand or by the simulator's weather. */
export function PlcValues({ page, driver }: PlcProps) {
  const plc = page.devices.find(({ name }) => name === 'plc');
  if (!plc) return null;
  const isSilent = plc.faults.some(({ name, active }) => name === SILENT && active);
  const devices = [...new Set(page.values.map(({ device }) => device))];
  return (
    <Section title="PLC" className="area-plc" testId="plc-values">
      <PlcLink isSilent={isSilent} driver={driver} />
      {devices.map((device) => (
        <fieldset key={device} className="plc-device">
          <legend>{device}</legend>
          {page.values
            .filter((value) => value.device === device)
            .map((value) => (
              <PlcValue key={value.name} value={value} driver={driver} />
            ))}
        </fieldset>
      ))}
    </Section>
  );
}

interface LinkProps {
  readonly isSilent: boolean;
  readonly driver: Driver;
}

/** Whether the PLC answers: two buttons, so that a second press never undoes the first. */
function PlcLink({ isSilent, driver }: LinkProps) {
  const tone = isSilent ? 'bad' : 'good';
  const isRefused = driver.refusal !== null;
  return (
    <div className="plc-link" data-tone={tone}>
      <span className="with-shape">
        <Shape tone={tone} />
        Communication {isSilent ? 'KO' : 'OK'}
      </span>
      <button
        type="button"
        className="button"
        disabled={isRefused || isSilent}
        onClick={() => void driver.drive([setFault('plc', SILENT)], 'The PLC keeps silent.')}
      >
        Set communication KO
      </button>
      <button
        type="button"
        className="button"
        disabled={isRefused || !isSilent}
        onClick={() => void driver.drive([clearFault('plc', SILENT)], 'The PLC answers again.')}
      >
        Set communication OK
      </button>
    </div>
  );
}

function PlcValue({ value, driver }: { value: PlcValueView; driver: Driver }) {
  const [text, setText] = useState('');
  const isNumeric = typeof value.value === 'number';
  const isGood = isNumeric
    ? text.trim() !== '' && Number.isFinite(Number(text))
    : /^[\w.+-]+$/.test(text);
  const set = (event: FormEvent) => {
    event.preventDefault();
    const given = isNumeric ? Number(text) : text;
    void driver.drive([plcValue(value.device, value.name, given)]);
    setText('');
  };
  return (
    <form className="plc-value" data-by-hand={value.byHand} onSubmit={set}>
      <span className="plc-name">
        {value.name}
        {value.comment !== '' && <span className="faint"> {value.comment}</span>}
      </span>
      <ValueNow value={value} />
      <input
        aria-label={`${value.device} ${value.name} by hand`}
        inputMode={isNumeric ? 'decimal' : 'text'}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <button type="submit" className="button" disabled={driver.refusal !== null || !isGood}>
        Set
      </button>
      <button
        type="button"
        className="button"
        disabled={driver.refusal !== null || !value.byHand}
        onClick={() => void driver.drive([plcValue(value.device, value.name, 'auto')])}
      >
        Auto
      </button>
    </form>
  );
}

function ValueNow({ value: { value, unit, byHand } }: { value: PlcValueView }) {
  return (
    <output className="plc-now">
      {value ?? '–'} <small className="faint">{symbolOf(unit)}</small>
      {byHand && <span className="by-hand"> by hand</span>}
    </output>
  );
}

/** `bool` and `string` say nothing beside the value itself. */
function symbolOf(unit: string): string {
  return unit === 'bool' || unit === 'string' ? '' : unitSymbol(unit);
}
