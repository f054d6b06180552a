import { fmt } from '@chonso/i18n';
import { CircleCheck, CircleDashed, CircleHelp, CircleX } from 'lucide-react';
import { Link } from '../router.tsx';
import { type Session, stepAddress } from './journey.ts';
import { useResultWords } from './result.words.ts';
import type { Step } from './steps.ts';

const SIGNS = { PASS: CircleCheck, FAIL: CircleX, REVIEW: CircleHelp, UNAVAILABLE: CircleDashed };
type Match = keyof typeof SIGNS;

/** Field by field: what was compared with what, and whether it matched (LAW05). */
export function Verdict({ session }: { session: Session }) {
  const t = useResultWords();
  const verdict = session.verdict as Record<string, Match | undefined>;
  const rows = Object.keys(t.fields).flatMap((field) => {
    const match = verdict[field];
    return match ? [[field, match] as const] : [];
  });
  if (rows.length === 0) return null;
  return (
    <section className="stack" aria-labelledby="compared">
      <h2 id="compared">{t.compared}</h2>
      <ul className="list">
        {rows.map(([field, match]) => {
          const Sign = SIGNS[match] ?? CircleDashed;
          return (
            <li key={field} className="row">
              <span>
                <b>{t.fields[field]?.name}</b>
                <small>{t.fields[field]?.with}</small>
              </span>
              <span className={`match match-${match.toLowerCase()}`}>
                <Sign size={17} aria-hidden="true" />
                {t.match[match]}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

const PARTS: [name: 'FRONT' | 'BACK' | 'PORTRAIT', step: Step][] = [
  ['FRONT', 'front'],
  ['BACK', 'back'],
  ['PORTRAIT', 'portrait'],
];

/** The parts that will be sent, each with the way to change it (F5a.6). */
export function Parts({ holdId, session }: { holdId: string; session: Session }) {
  const t = useResultWords();
  const taken = new Map(session.images.map((image) => [image.kind, image.captured_at]));
  return (
    <ul className="list">
      <Part
        name={t.parts.declaration}
        text={session.declared ? t.done : t.missing}
        given={session.declared}
        address={stepAddress(holdId, 'info')}
      />
      {PARTS.map(([name, step]) => {
        const at = taken.get(name);
        return (
          <Part
            key={name}
            name={t.parts[name]}
            text={at ? t.takenAt(fmt.time(at)) : t.missing}
            given={!!at}
            address={stepAddress(holdId, step)}
          />
        );
      })}
    </ul>
  );
}

type PartProps = { name: string; text: string; given: boolean; address: string };

function Part({ name, text, given, address }: PartProps) {
  const t = useResultWords();
  const Sign = given ? CircleCheck : CircleDashed;
  return (
    <li className="row row-part">
      <Sign size={18} className={given ? 'is-good' : 'is-open'} aria-hidden="true" />
      <span>
        <b>{name}</b>
        <small>{text}</small>
      </span>
      <Link className="btn btn-quiet" href={address} aria-label={`${given ? t.edit : t.add}: ${name}`}>
        {given ? t.edit : t.add}
      </Link>
    </li>
  );
}
