import { useState } from 'react';
import type { FaultView, SimulatedDeviceView } from '../../tonight.ts';
import { words } from '../format/quantity.ts';
import { Shape } from '../parts/shape.tsx';
import { clearFault, setFault } from './quick-picks.ts';
import type { Driver } from './use-driver.ts';

interface FaultsProps {
  readonly device: SimulatedDeviceView;
  readonly driver: Driver;
}

/** One simulator: its faults, those that stand first to be seen. */
export function SimulatedDevice({ device, driver }: FaultsProps) {
  const active = device.faults.filter((fault) => fault.active);
  const tone = device.trouble ? 'bad' : active.length > 0 ? 'warning' : 'good';
  return (
    <details className="simulated" data-testid={`sim-${device.name}`}>
      <summary data-tone={tone}>
        <Shape tone={tone} size={12} />
        <strong>{device.alias}</strong>
        <span className="faint">{words(device.kind)}</span>
        <span className="simulated-state">{stateText(device)}</span>
      </summary>
      {device.trouble && <p className="problem">{device.trouble}</p>}
      <ul className="faults">
        {device.faults.map((fault) => (
          <Fault key={fault.name} device={device.name} fault={fault} driver={driver} />
        ))}
      </ul>
    </details>
  );
}

function stateText({ trouble, faults }: SimulatedDeviceView): string {
  if (trouble) return 'Not served';
  const active = faults.filter((fault) => fault.active).map(({ name }) => name);
  return active.length === 0 ? 'In good order' : active.join(', ');
}

interface FaultProps {
  readonly device: string;
  readonly fault: FaultView;
  readonly driver: Driver;
}

function Fault({ device, fault, driver }: FaultProps) {
  const { name, description, active, amount } = fault;
  const tone = active ? 'warning' : 'quiet';
  return (
    <li data-active={active} data-tone={tone}>
      <span className="fault-state">
        <Shape tone={tone} size={12} />
        {active ? 'On' : 'Off'}
      </span>
      <span className="fault-name">
        <strong>{name}</strong>
        {active && amount !== null ? ` ${amount}` : ''}
        <span className="faint"> {description}</span>
      </span>
      <FaultButtons device={device} fault={fault} driver={driver} />
    </li>
  );
}

function FaultButtons({ device, fault, driver }: FaultProps) {
  const { name, active, usualAmount } = fault;
  const [text, setText] = useState(String(usualAmount ?? ''));
  const isMeasured = usualAmount !== null;
  const isGood = !isMeasured || (text.trim() !== '' && Number(text) >= 0);
  const step = setFault(device, name);
  const set = isMeasured ? { ...step, body: { name, amount: Number(text) } } : step;
  const common = { type: 'button', className: 'button', title: driver.refusal ?? '' } as const;
  const isRefused = driver.refusal !== null;
  return (
    <span className="fault-buttons">
      {isMeasured && (
        <input
          aria-label={`Amount of ${name}`}
          inputMode="decimal"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      )}
      <button {...common} disabled={isRefused || !isGood} onClick={() => void driver.drive([set])}>
        Set
      </button>
      <button
        {...common}
        disabled={isRefused || !active}
        onClick={() => void driver.drive([clearFault(device, name)])}
      >
        Clear
      </button>
    </span>
  );
}
