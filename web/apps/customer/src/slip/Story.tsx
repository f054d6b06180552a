import { fmt, useLocale } from '@chonso/i18n';
import { Button } from '@chonso/ui';
import { useState } from 'react';
import type { Entry, Journey } from './journey.ts';
import { aheadOf } from './task.ts';
import { useSlipWords } from './words.ts';

const SHOWN = 4;

/** The journey in plain words: what comes next and who acts, then what happened, the newest first. */
export function Story({ journey }: { journey: Journey }) {
  const t = useSlipWords();
  const [whole, setWhole] = useState(false);
  const entries = [...journey.story].reverse();
  const older = entries.length - SHOWN;
  return (
    <section className="stack" aria-labelledby="story">
      <h2 id="story">{t.story}</h2>
      <ol className="story">
        <Ahead journey={journey} />
        {(whole ? entries : entries.slice(0, SHOWN)).map((entry) => (
          <Line key={entry.at + entry.event} entry={entry} />
        ))}
        {entries.length === 0 && <li className="story-line">{t.noStory}</li>}
      </ol>
      {!whole && older > 0 && (
        <Button kind="text" onClick={() => setWhole(true)}>
          {t.older(older)}
        </Button>
      )}
    </section>
  );
}

function Ahead({ journey }: { journey: Journey }) {
  const t = useSlipWords();
  const ahead = aheadOf(journey);
  if (ahead)
    return (
      <li className="story-line is-ahead">
        <span>{t.nextTitle}</span>
        <p>
          <b>{t.actor[ahead.actor]}</b> {t.task[ahead.task]}
        </p>
      </li>
    );
  if (journey.order?.activation_status !== 'ACTIVATED') return null;
  return (
    <li className="story-line is-ahead">
      <p>{t.task.done}</p>
    </li>
  );
}

function Line({ entry }: { entry: Entry }) {
  const t = useSlipWords();
  const locale = useLocale();
  const reason = t.reason[entry.reason_code ?? ''];
  return (
    <li className="story-line">
      <time dateTime={entry.at}>{fmt.time(entry.at)}</time>
      <p>
        {locale === 'en' ? entry.text_en : entry.text_vi}
        {reason && `: ${reason}`}
      </p>
    </li>
  );
}
