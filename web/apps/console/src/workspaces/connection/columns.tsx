import { fmt } from '@chonso/i18n';
import { Msisdn } from '@chonso/ui';
import { CircleAlert, CircleCheck } from 'lucide-react';
import type { Column } from '../../lists/DataTable.tsx';
import { elapsed } from '../../shell/elapsed.ts';
import type { Dossier, Tab } from './dossiers.ts';
import { words } from './words.ts';

const LATE_MS = 2 * 3_600_000;
const { columns: heads } = words;

const NUMBER: Column<Dossier> = {
  key: 'number',
  title: heads.number,
  width: 'minmax(140px, 1fr)',
  cell: ({ msisdn }) => (msisdn ? <Msisdn display={fmt.phone(msisdn)} size="sm" /> : '—'),
};
const SIM: Column<Dossier> = {
  key: 'sim',
  title: heads.sim,
  width: 'minmax(96px, .7fr)',
  cell: ({ sim, submission }) => (
    <>
      {words.sims[sim]}
      {submission > 1 && <span className="t-soft"> · {words.again(submission)}</span>}
    </>
  ),
};
const REGION: Column<Dossier> = {
  key: 'region',
  title: heads.region,
  width: '76px',
  cell: ({ region }) => region ?? '—',
};

/** Whether a dossier can be connected by what is known now: a word, a sign and a colour. */
export function Condition({ missing }: Pick<Dossier, 'missing'>) {
  const Icon = missing.length ? CircleAlert : CircleCheck;
  return (
    <span className="t-icon">
      <Icon size={15} className={missing.length ? undefined : 'is-good'} aria-hidden="true" />
      {missing.length ? words.missing(missing.length) : words.complete}
    </span>
  );
}

const STATE: Column<Dossier> = {
  key: 'state',
  title: heads.state,
  width: 'minmax(140px, 1fr)',
  cell: ({ missing }) => <Condition missing={missing} />,
};
const REASON: Column<Dossier> = {
  key: 'reason',
  title: words.facts.reason,
  width: 'minmax(160px, 1.2fr)',
  cell: ({ reason_code }) => words.reasons[reason_code ?? ''] ?? reason_code ?? '—',
};
const WAITING: Column<Dossier> = {
  key: 'waiting',
  title: heads.waiting,
  width: '84px',
  align: 'end',
  cell: ({ waiting_since, signed_at }) => {
    const since = waiting_since ?? signed_at;
    if (!since) return '—';
    const isLate = Date.now() - new Date(since).getTime() > LATE_MS;
    return <span className={isLate ? 't-late' : 't-strong'}>{elapsed(since)}</span>;
  },
};

const decidedAt = (names: (id: string | null) => string): Column<Dossier> => ({
  key: 'decided',
  title: words.facts.decided,
  width: 'minmax(150px, 1fr)',
  cell: ({ decided_by, decided_at }) => (decided_at ? words.by(names(decided_by), fmt.day(decided_at)) : '—'),
});

/** The columns of a tab: who has it while it waits, what was decided and why afterwards. */
export function columnsFor(
  tab: Tab,
  me: string,
  names: (id: string | null) => string,
): readonly Column<Dossier>[] {
  const claimed: Column<Dossier> = {
    key: 'claimed',
    title: heads.claimed,
    width: 'minmax(110px, 1fr)',
    cell: ({ claimed_by }) => {
      if (!claimed_by) return <span className="t-soft">{words.free}</span>;
      return claimed_by === me ? <span className="t-strong">{words.mine}</span> : names(claimed_by) || '…';
    },
  };
  if (tab === 'REFUSED') return [NUMBER, SIM, REGION, REASON, decidedAt(names)];
  if (tab === 'CONNECTING') return [NUMBER, SIM, REGION, decidedAt(names), WAITING];
  return [NUMBER, SIM, REGION, STATE, claimed, WAITING];
}
