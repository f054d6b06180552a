import { fmt } from '@chonso/i18n';
import { Button, Field, toast } from '@chonso/ui';
import { useState } from 'react';
import { Dialog } from '../../../shell/Dialog.tsx';
import { Refused } from '../../../shell/Failure.tsx';
import { type Day, type Setting, useSetHours } from './hours.ts';
import { spansOf, textOf } from './spans.ts';
import { words } from './words.ts';

/** The hours of one day, set by hand, with the reason. */
export function DayDialog({ team, day, onClose }: { team: string; day: Day; onClose: () => void }) {
  const isOwn = day.kind === 'EXCEPTION' && !day.of_all_teams;
  const [text, setText] = useState(() => textOf(day.spans));
  const [note, setNote] = useState(isOwn ? (day.name ?? '') : '');
  const [tried, setTried] = useState(false);
  const setting = useSetHours(team);
  const spans = spansOf(text);
  const save = (change: Setting) =>
    setting.mutate(change, {
      onSuccess: () => {
        toast(words.saved);
        onClose();
      },
    });
  return (
    <Dialog title={words.dayTitle(fmt.date(day.day))} onClose={onClose}>
      <form
        className="dlg-form"
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (spans && note.trim()) save({ act: 'day', day: day.day, spans, note: note.trim() });
        }}
      >
        {day.of_all_teams && <p className="lead">{words.ofAllTeams}</p>}
        <Field
          label={words.hoursField}
          value={text}
          placeholder={words.off}
          hint={words.hoursHint}
          error={tried && !spans ? words.wrong : undefined}
          onChange={(event) => setText(event.target.value)}
        />
        <Field
          label={words.note}
          value={note}
          maxLength={120}
          error={tried && !note.trim() ? words.noteNeeded : undefined}
          onChange={(event) => setNote(event.target.value)}
        />
        <Refused error={setting.error} />
        <footer>
          {isOwn && (
            <Button kind="text" onClick={() => save({ act: 'follow', day: day.day })}>
              {words.follow}
            </Button>
          )}
          <Button kind="primary" type="submit" busy={setting.isPending}>
            {words.save}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
