import '../people.css';
import { api, type Schemas, send, serverNow } from '@chonso/api';
import { useLive } from '@chonso/app';
import { fmt } from '@chonso/i18n';
import { State } from '@chonso/ui';
import { Gift } from 'lucide-react';
import { useState } from 'react';
import { type Column, DataTable } from '../../../lists/DataTable.tsx';
import { Failure, Stale } from '../../../shell/Failure.tsx';
import { Workspace } from '../../../shell/Workspace.tsx';
import { OversightPages } from '../OversightPages.tsx';
import { words } from './words.ts';

type Promotion = Schemas['catalog.PromotionView'];

const usePromotions = () =>
  useLive({
    key: ['promotions', 'all'],
    read: (signal) => send(api.GET('/api/catalog/v1/staff/promotions', { signal })),
  });

function Running({ promotion: { valid_from, valid_to } }: { promotion: Promotion }) {
  const now = new Date(serverNow());
  if (new Date(valid_to) <= now) return <span className="t-soft">{words.past}</span>;
  if (new Date(valid_from) > now) return <span>{words.coming}</span>;
  return <span className="dot is-good">{words.running}</span>;
}

const COLUMNS: readonly Column<Promotion>[] = [
  {
    key: 'code',
    title: words.code,
    width: '110px',
    cell: ({ code }) => <span className="t-code">{code}</span>,
  },
  {
    key: 'text',
    title: words.text,
    width: 'minmax(240px, 1fr)',
    cell: ({ text_vi }) => <span title={text_vi}>{text_vi}</span>,
  },
  { key: 'package', title: words.package, width: '80px', cell: ({ package_code }) => package_code },
  { key: 'sim', title: words.sim, width: '92px', cell: ({ sim }) => words.sims[sim] },
  {
    key: 'who',
    title: words.who,
    width: '112px',
    cell: ({ new_subscribers_only }) => (new_subscribers_only ? words.newOnly : words.everybody),
  },
  {
    key: 'state',
    title: words.state,
    width: '104px',
    cell: (promotion) => <Running promotion={promotion} />,
  },
  {
    key: 'window',
    title: words.window,
    width: '186px',
    align: 'end',
    cell: ({ valid_from, valid_to }) => `${fmt.date(valid_from)} – ${fmt.date(valid_to)}`,
  },
];

/** All promotions and the spans in which they can be had. */
export function Promotions() {
  const reading = usePromotions();
  const [selected, select] = useState<string>();
  return (
    <Workspace title={words.title} tabs={<OversightPages />}>
      <Stale reading={reading} />
      {reading.isError && !reading.data ? (
        <Failure error={reading.error} retry={() => void reading.refetch()} />
      ) : (
        <DataTable
          label={words.list}
          columns={COLUMNS}
          rows={reading.data?.items ?? []}
          keyOf={({ code }) => code}
          nameOf={({ code }) => code}
          selected={selected}
          onSelect={({ code }) => select(code)}
          loading={reading.isPending}
          empty={
            <State icon={<Gift size={30} aria-hidden="true" />} title={words.none}>
              {words.noneText}
            </State>
          }
        />
      )}
    </Workspace>
  );
}
