import './problems.ts';
import './connection.css';
import { fmt } from '@chonso/i18n';
import { State } from '@chonso/ui';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { ArrowLeft, FileLock2 } from 'lucide-react';
import { elapsed } from '../../shell/elapsed.ts';
import { Failure } from '../../shell/Failure.tsx';
import { useKeys } from '../../shell/keys.ts';
import { useNames } from '../../shell/names.ts';
import { useHasRole, useMe } from '../../shell/session.ts';
import { Workspace } from '../../shell/Workspace.tsx';
import { type Dossier, useChange, useDossier, useDossiers } from './dossiers.ts';
import { Evidence } from './Evidence.tsx';
import { Papers } from './Papers.tsx';
import { Summary } from './Summary.tsx';
import { words } from './words.ts';

/** One dossier on an officer's desk: the queue at the left, the evidence, the signed papers and the decision. */
export function Desk() {
  const { holdId } = useParams({ strict: false }) as { holdId: string };
  const navigate = useNavigate();
  const me = useMe().subject_id;
  const supervises = useHasRole('region_manager');
  const { data: dossier, error, refetch } = useDossier(holdId);
  const { rows } = useDossiers('QUEUED', {});
  const toList = () => void navigate({ to: '/connection' as never, search: { id: holdId } as never });
  const open = (id: string) =>
    void navigate({ to: '/connection/$holdId' as never, params: { holdId: id } as never });
  const next = rows.find(
    (row) =>
      row.hold_id !== holdId && (!row.claimed_by || row.claimed_by === me) && row.call_approved_by !== me,
  );
  const change = useChange(({ verb }) => verb === 'release' && toList());
  const takeNext = () =>
    next && change.mutate({ holdId: next.hold_id, verb: 'claim' }, { onSuccess: () => open(next.hold_id) });
  useKeys(words.title, [
    { key: 'Escape', name: words.back, run: toList },
    { key: 'n', name: words.keys.take, enabled: !!next && !change.isPending, run: takeNext },
  ]);
  const mayLook = !!dossier && (dossier.claimed_by === me || supervises || !!dossier.incident);
  const isMine = dossier?.claimed_by === me;
  return (
    <Workspace
      title={dossier?.msisdn ? `${words.title} ${fmt.phone(dossier.msisdn)}` : words.title}
      switches={
        <Link to={'/connection' as never} className="btn btn-quiet">
          <ArrowLeft size={16} aria-hidden="true" /> {words.back}
        </Link>
      }
      list={<Queue rows={rows} current={holdId} />}
      side={
        dossier &&
        (isMine && mayLook ? (
          <Papers dossier={dossier} change={change} onNext={next && takeNext} />
        ) : (
          <Summary holdId={holdId} row={dossier} claim={change} onOpen={() => undefined} onClose={toList} />
        ))
      }
    >
      {error && !dossier && <Failure error={error} retry={() => void refetch()} />}
      {dossier && mayLook && <Evidence key={holdId} dossier={dossier} />}
      {dossier && !mayLook && (
        <State icon={<FileLock2 size={30} aria-hidden="true" />} title={words.noEvidenceYet}>
          {words.noEvidenceText}
        </State>
      )}
    </Workspace>
  );
}

function Queue({ rows, current }: { rows: readonly Dossier[]; current: string }) {
  const me = useMe().subject_id;
  const names = useNames(rows.map(({ claimed_by }) => claimed_by));
  return (
    <nav className="cx-list" aria-label={words.queue}>
      <header className="cx-list-h">
        <h2>
          {words.tabs.QUEUED}
          <b>{rows.length}</b>
        </h2>
      </header>
      {!rows.length && <p className="cx-none">{words.nextNone}</p>}
      <ul>
        {rows.map(({ hold_id, msisdn, sim, waiting_since, claimed_by }) => (
          <li key={hold_id}>
            <Link
              to={'/connection/$holdId' as never}
              params={{ holdId: hold_id } as never}
              aria-current={hold_id === current ? 'page' : undefined}
            >
              <b>{fmt.phone(msisdn ?? '')}</b>
              <small className="is-end">{waiting_since && elapsed(waiting_since)}</small>
              <small>{words.sims[sim]}</small>
              <small className={claimed_by === me ? 'is-end is-mine' : 'is-end'}>
                {claimed_by && (claimed_by === me ? words.mine : names(claimed_by))}
              </small>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
