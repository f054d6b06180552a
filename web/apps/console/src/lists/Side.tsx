import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useKeys } from '../shell/keys.ts';
import { words } from './words.ts';

type SideProps = {
  title: ReactNode;
  lead: ReactNode;
  onClose: () => void;
  children: ReactNode;
  foot?: ReactNode;
};

/** The detail of a row: its name, its facts, and the buttons at its foot. Escape closes it. */
export function Side({ title, lead, onClose, children, foot }: SideProps) {
  useKeys(words.detail, [{ key: 'Escape', name: words.close, run: onClose }]);
  return (
    <>
      <div className="side-h">
        <div className="side-top">
          <b>{title}</b>
          <button type="button" className="round" aria-label={words.close} onClick={onClose}>
            <X size={18} aria-hidden="true" />
          </button>
        </div>
        <p>{lead}</p>
      </div>
      <div className="side-b">{children}</div>
      {foot && <div className="side-f">{foot}</div>}
    </>
  );
}

/** Names and values, a line each; what has no value is left out. */
export function Facts({ facts }: { facts: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="facts-r">
      {facts.map(
        ([name, value]) =>
          value !== null &&
          value !== undefined &&
          value !== '' && (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
