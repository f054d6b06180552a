import { fmt } from '@chonso/i18n';
import type { ReactNode } from 'react';
import { useNames } from '../../shell/names.ts';
import type { Dossier } from './dossiers.ts';
import { words } from './words.ts';

export type Fact = readonly [name: string, value: ReactNode];

/** A column of facts; what is not known is left out. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className="facts-r">
      {facts
        .filter(([, value]) => value !== null && value !== undefined && value !== '')
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

/** Everything the desk knows of a dossier without opening its papers. */
export function DossierFacts({ dossier }: { dossier: Dossier }) {
  const { facts } = words;
  const names = useNames([dossier.call_approved_by, dossier.claimed_by, dossier.decided_by]);
  const at = (moment: string | null) => moment && fmt.time(moment);
  const reason = words.reasons[dossier.reason_code ?? ''] ?? dossier.reason_code;
  return (
    <Facts
      facts={[
        [facts.stage, words.stages[dossier.stage] ?? dossier.stage],
        [facts.sim, words.sims[dossier.sim]],
        [facts.serial, dossier.sim_serial],
        [facts.package, dossier.package_code],
        [facts.region, dossier.region],
        [facts.signed, at(dossier.signed_at)],
        [facts.waiting, at(dossier.waiting_since)],
        [facts.submission, dossier.submission > 1 && words.again(dossier.submission)],
        [facts.approver, dossier.call_approved_by && (names(dossier.call_approved_by) || '…')],
        [
          facts.claimed,
          dossier.claimed_by &&
            words.by(names(dossier.claimed_by), dossier.claimed_at ? fmt.day(dossier.claimed_at) : ''),
        ],
        [
          facts.decided,
          dossier.decision &&
            `${words.decisions[dossier.decision]}, ${words.by(names(dossier.decided_by), at(dossier.decided_at) ?? '')}`,
        ],
        [facts.reason, reason],
        [facts.repeat, dossier.repeat && words.steps[dossier.repeat]],
      ].map(([name, value]): Fact => [name as string, value || null])}
    />
  );
}
