import { Skeleton } from '@chonso/ui';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, memo, type ReactNode, useEffect, useRef } from 'react';
import { words } from './words.ts';

const ROW_PX = 46;
const AHEAD = 12;
const SPARE = 6;
const SKELETONS = 8;

export type Column<R> = {
  key: string;
  title: string;
  /** A CSS grid track: `minmax(120px, 1fr)`, `96px`. */
  width?: string;
  align?: 'end';
  cell: (row: R) => ReactNode;
};

export type TableProps<R> = {
  label: string;
  columns: readonly Column<R>[];
  rows: readonly R[];
  keyOf: (row: R) => string;
  /** The key of the row whose detail is shown. */
  selected: string | undefined;
  onSelect: (row: R) => void;
  /** The name of a row for screen readers: `Đơn GS2611…`. */
  nameOf: (row: R) => string;
  /** Rows with a tick, by key; without it there are no boxes. */
  ticked?: ReadonlySet<string>;
  onTick?: (keys: ReadonlySet<string>) => void;
  loading?: boolean;
  /** What stands in place of rows when there are none. */
  empty: ReactNode;
  /** Called when the end comes near and there are more. */
  onEnd?: (() => void) | undefined;
  /** All rows there are, when known: for screen readers and the scroll bar's honesty. */
  total?: number;
};

/** A table of any length: only rows in sight exist. Arrows, J and K move the selection, Space ticks. */
export function DataTable<R>(props: TableProps<R>) {
  const { label, columns, rows, loading, empty, onEnd, total, ticked, onTick, keyOf } = props;
  const box = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PX,
    overscan: SPARE,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (onEnd && rows.length && last >= rows.length - AHEAD) onEnd();
  }, [onEnd, last, rows.length]);
  const moveTo = (index: number) => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, index))];
    if (!row) return;
    const at = rows.indexOf(row);
    // The row that has the focus is about to leave the page: the table keeps it until the next one is there.
    if (!items.some(({ index }) => index === at)) box.current?.focus({ preventScroll: true });
    virtual.scrollToIndex(at);
    props.onSelect(row);
  };
  const template = [
    ...(ticked ? ['44px'] : []),
    ...columns.map(({ width }) => width ?? 'minmax(0, 1fr)'),
  ].join(' ');
  if (!rows.length)
    return (
      <div className="table is-empty" aria-busy={loading || undefined}>
        {loading ? <Loading columns={columns.length} /> : empty}
      </div>
    );
  const allTicked = !!ticked && rows.length > 0 && rows.every((row) => ticked.has(keyOf(row)));
  return (
    <div
      ref={box}
      className="table"
      role="grid"
      aria-label={label}
      aria-rowcount={total ?? rows.length}
      style={{ ['--columns' as string]: template }}
      tabIndex={-1}
      onKeyDown={(event) => answerKey(event, props, moveTo)}
    >
      <div role="row" className="table-h" aria-rowindex={1}>
        {ticked && (
          <span role="columnheader">
            <input
              type="checkbox"
              aria-label={words.tickAll}
              checked={allTicked}
              onChange={() => onTick?.(allTicked ? new Set() : new Set(rows.map(keyOf)))}
            />
          </span>
        )}
        {columns.map(({ key, title, align }) => (
          <span role="columnheader" key={key} data-align={align}>
            {title}
          </span>
        ))}
      </div>
      <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {items.map(({ index, start }) => {
          const row = rows[index];
          return row ? <Row key={keyOf(row)} {...props} row={row} index={index} top={start} /> : null;
        })}
      </div>
    </div>
  );
}

function answerKey<R>(
  event: KeyboardEvent<HTMLDivElement>,
  { rows, keyOf, selected, ticked, onTick }: TableProps<R>,
  moveTo: (index: number) => void,
): void {
  if (event.target instanceof HTMLInputElement || event.ctrlKey || event.metaKey || event.altKey) return;
  const at = rows.findIndex((row) => keyOf(row) === selected);
  const page = 10;
  const moves: Record<string, number> = {
    ArrowDown: at + 1,
    j: at + 1,
    ArrowUp: Math.max(0, at - 1),
    k: Math.max(0, at - 1),
    PageDown: at + page,
    PageUp: at - page,
    Home: 0,
    End: rows.length - 1,
  };
  const row = rows[at];
  if (event.key in moves) moveTo(moves[event.key] ?? 0);
  else if (event.key === 'x' && ticked && row) onTick?.(toggled(ticked, keyOf(row)));
  else return;
  event.preventDefault();
}

function toggled(keys: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const after = new Set(keys);
  if (!after.delete(key)) after.add(key);
  return after;
}

type RowProps<R> = TableProps<R> & { row: R; index: number; top: number };

/** A row that stays as it is while the table is scrolled: only rows that come into sight are drawn. */
const Row = memo(DrawnRow) as typeof DrawnRow;

function DrawnRow<R>({
  row,
  index,
  top,
  columns,
  keyOf,
  selected,
  onSelect,
  nameOf,
  ticked,
  onTick,
}: RowProps<R>) {
  const key = keyOf(row);
  const isSelected = key === selected;
  const line = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The selection moves the focus only within the table: news never take it from elsewhere.
    if (isSelected && line.current?.parentElement?.parentElement?.contains(document.activeElement))
      line.current.focus({ preventScroll: true });
  }, [isSelected]);
  return (
    <div
      ref={line}
      role="row"
      className="table-r"
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      aria-label={nameOf(row)}
      tabIndex={isSelected || (!selected && index === 0) ? 0 : -1}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => onSelect(row)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && event.target === event.currentTarget) onSelect(row);
      }}
    >
      {ticked && (
        <span role="gridcell">
          <input
            type="checkbox"
            tabIndex={-1}
            aria-label={words.tick(nameOf(row))}
            checked={ticked.has(key)}
            onClick={(event) => event.stopPropagation()}
            onChange={() => onTick?.(toggled(ticked, key))}
          />
        </span>
      )}
      {columns.map((column) => (
        <span role="gridcell" key={column.key} data-align={column.align}>
          {column.cell(row)}
        </span>
      ))}
    </div>
  );
}

function Loading({ columns }: { columns: number }) {
  return (
    <div className="table-wait" role="img" aria-label={words.loading}>
      <div>
        {Array.from({ length: SKELETONS }, (_, i) => (
          <span key={i} className="table-wait-r">
            {Array.from({ length: Math.min(columns, 5) }, (_, j) => (
              <Skeleton key={j} width={`${90 - ((i * 7 + j * 13) % 40)}%`} />
            ))}
          </span>
        ))}
      </div>
    </div>
  );
}
