import type { ChangeKind, PlanChanges } from '../../tonight.ts';
import { utcOf } from '../format/time.ts';
import { HourAxis, NightBackdrop } from '../night/night-backdrop.tsx';
import { type StripBlock, stripsOf } from './change-layout.ts';
import type { ChartProps } from './use-choice.ts';

const STRIP_PX = 20;
const LINK_PX = 28;
const TOP_PX = 4;
const BELOW_PX = TOP_PX + STRIP_PX + LINK_PX;
const HEIGHT_PX = BELOW_PX + STRIP_PX + TOP_PX;
const MARKED: readonly ChangeKind[] = ['same', 'moved', 'added', 'gone', 'unplanned'];
const WORDS: Readonly<Record<ChangeKind, string>> = {
  same: 'in its place',
  moved: 'moved',
  added: 'added',
  gone: 'left the plan',
  unplanned: 'lost its place',
};

/** The older plan above, the newer below, on the axis of the night. */
export function ChangeStrips({
  page,
  plot,
  scale,
  changes,
}: ChartProps & { changes: PlanChanges }) {
  const { before, after, links } = stripsOf(changes.changes, scale);
  return (
    <>
      <ChangeLegend />
      <div className="chart" style={{ height: HEIGHT_PX }}>
        {!plot.compact && <StripNames changes={changes} />}
        <svg
          className="after-gutter"
          width={plot.widthPx}
          height={HEIGHT_PX}
          role="img"
          aria-label={changes.sentence}
        >
          <NightBackdrop marks={page.twilight} scale={scale} topPx={0} bottomPx={HEIGHT_PX} />
          {links.map(({ key, fromX, toX }) => (
            <path
              key={key}
              className="change-link"
              d={`M${fromX} ${TOP_PX + STRIP_PX}L${toX} ${BELOW_PX}`}
            />
          ))}
          <Strip blocks={before} y={TOP_PX} />
          <Strip blocks={after} y={BELOW_PX} />
        </svg>
      </div>
      <svg className="after-gutter" width={plot.widthPx} height={20} aria-hidden="true">
        <HourAxis scale={scale} y={14} />
      </svg>
    </>
  );
}

function StripNames({ changes }: { changes: PlanChanges }) {
  const names = [
    { at: changes.from.created, top: TOP_PX },
    { at: changes.to.created, top: BELOW_PX },
  ];
  return names.map(({ at, top }) => (
    <span key={top} className="chart-name" style={{ top }}>
      {utcOf(at)}Z
    </span>
  ));
}

function ChangeLegend() {
  return (
    <ul className="legend change-legend" aria-label="Marks of the two plans">
      {MARKED.map((kind) => (
        <li key={kind}>
          <svg width="16" height="10" aria-hidden="true">
            <Block kind={kind} title="" x={0} width={16} y={0} height={10} />
          </svg>
          {WORDS[kind]}
        </li>
      ))}
    </ul>
  );
}

function Strip({ blocks, y }: { blocks: readonly StripBlock[]; y: number }) {
  return (
    <>
      {blocks.map(({ key, ...block }) => (
        <Block key={key} {...block} y={y} height={STRIP_PX} />
      ))}
    </>
  );
}

type BlockProps = Omit<StripBlock, 'key'> & { readonly y: number; readonly height: number };

/** Colour says the kind once more: added has a cross, gone a foot, lost its place a stroke. */
function Block({ kind, title, x, width, y, height }: BlockProps) {
  const [middle, half] = [x + width / 2, Math.min(4, width / 2 - 1)];
  const centre = y + height / 2;
  return (
    <g className={`change change-${kind}`}>
      {title && <title>{`${title}: ${WORDS[kind]}`}</title>}
      <rect x={x + 0.5} width={Math.max(1, width - 1)} y={y + 0.5} height={height - 1} rx={1.5} />
      {kind === 'added' && half > 1 && (
        <path
          d={`M${middle - half} ${centre}H${middle + half}M${middle} ${centre - half}V${centre + half}`}
        />
      )}
      {kind === 'unplanned' && <path d={`M${x + 1} ${y + height - 1}L${x + width - 1} ${y + 1}`} />}
    </g>
  );
}
