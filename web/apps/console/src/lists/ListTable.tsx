import { Failure, Stale } from '../shell/Failure.tsx';
import { DataTable, type TableProps } from './DataTable.tsx';

type Reading = { error: unknown; isError: boolean; dataUpdatedAt: number; refetch: () => unknown };

/** The table of a list that is read from a service: its rows, or why there are none, and from when they are if not of now. */
export function ListTable<R>({ reading, ...table }: TableProps<R> & { reading: Reading }) {
  return (
    <>
      <Stale reading={reading} />
      {reading.error && !table.rows.length ? (
        <Failure error={reading.error} retry={() => void reading.refetch()} />
      ) : (
        <DataTable {...table} />
      )}
    </>
  );
}
