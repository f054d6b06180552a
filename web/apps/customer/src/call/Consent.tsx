import { Button, Sheet, Skeleton } from '@chonso/ui';
import { Eye, FileClock, Lock, Store, Trash2, Video } from 'lucide-react';
import { useState } from 'react';
import type { GivenConsent } from '../activation/calls.ts';
import { Unreadable } from '../activation/Trouble.tsx';
import { useShellWords } from '../shell/words.ts';
import { type ConsentText, useConsentText } from './consents.ts';
import { useCallScreenWords } from './words.ts';

type Props = { busy: boolean; onAgree: (consent: GivenConsent) => void; onClose: () => void };

/** What a customer agrees to before the queue, once a call: the text of the service, each purpose ticked for itself. */
export function ConsentSheet({ busy, onAgree, onClose }: Props) {
  const t = useCallScreenWords();
  const { close } = useShellWords();
  const text = useConsentText();
  return (
    <Sheet title={text.data?.title ?? t.consent} close={close} onClose={onClose}>
      {text.data ? (
        <Agreement key={text.data.sha256} text={text.data} busy={busy} onAgree={onAgree} />
      ) : text.isError ? (
        <Unreadable error={text.error} retry={() => void text.refetch()} />
      ) : (
        <Skeleton height={420} />
      )}
    </Sheet>
  );
}

/** In the order of the points of the text; a further point has the last one's sign. */
const SIGNS = [Eye, Video, Lock, FileClock, Trash2, Store];

function Agreement({ text, busy, onAgree }: { text: ConsentText } & Omit<Props, 'onClose'>) {
  const t = useCallScreenWords();
  const [given, setGiven] = useState<GivenConsent['purposes']>([]);
  const missing = text.purposes.length - given.length;
  const { version, sha256, locale } = text;
  return (
    <>
      <ul className="agree" lang={locale}>
        {text.points.map((point, at) => {
          const Sign = SIGNS[at] ?? Store;
          return (
            <li key={point}>
              <Sign size={18} aria-hidden="true" />
              <span>{point}</span>
            </li>
          );
        })}
      </ul>
      <fieldset className="agree-to" lang={locale}>
        <legend className="sr">{t.consentTo}</legend>
        {text.purposes.map(({ purpose, text: words }) => (
          <label key={purpose} className="check">
            <input
              type="checkbox"
              name={purpose}
              checked={given.includes(purpose)}
              onChange={() =>
                setGiven(given.includes(purpose) ? given.filter((p) => p !== purpose) : [...given, purpose])
              }
            />
            <span>{words}</span>
          </label>
        ))}
      </fieldset>
      <Button
        kind="primary"
        large
        busy={busy}
        disabled={missing > 0}
        onClick={() => onAgree({ version, sha256, locale, purposes: given })}
      >
        {t.agreeAndCall}
      </Button>
      <p className="agree-hint">{missing > 0 ? t.agreeHint(missing) : t.consentVersion(version)}</p>
    </>
  );
}
