import { Button, Field, toast } from '@chonso/ui';
import { useState } from 'react';
import { Dialog } from '../../shell/Dialog.tsx';
import { Refused } from '../../shell/Failure.tsx';
import { words as shell } from '../../shell/words.ts';
import { useFeed, type useWebhook } from './webhooks.ts';
import { words } from './words.ts';

type Props = {
  partnerId: string;
  /** The number that the first event pushed again has, unless another is typed. */
  first: number;
  replay: ReturnType<typeof useWebhook>['replay'];
  onClose: () => void;
};

/** Push a channel's events again from a number on; says what that means before it happens. */
export function ReplayDialog({ partnerId, first, replay, onClose }: Props) {
  const { data: feed } = useFeed(partnerId, null);
  const newest = feed?.newest ?? 0;
  const [number, setNumber] = useState(String(Math.max(1, Math.min(first, newest || first))));
  const chosen = Number(number);
  return (
    <Dialog title={words.replayTitle} onClose={onClose}>
      <form
        className="dlg-form"
        onSubmit={(event) => {
          event.preventDefault();
          replay.mutate(chosen - 1, {
            onSuccess: () => {
              toast(words.replayed(chosen));
              onClose();
            },
          });
        }}
      >
        <p className="lead">{words.replayLead}</p>
        <Field
          label={words.replayFirst}
          type="number"
          required
          min={(feed?.oldest ?? 0) + 1}
          max={newest + 1}
          hint={feed && words.feedSpan(feed.oldest, newest)}
          value={number}
          onChange={(event) => setNumber(event.target.value)}
        />
        <Refused error={replay.error} />
        <footer>
          <Button kind="line" onClick={onClose}>
            {shell.back}
          </Button>
          <Button kind="primary" type="submit" busy={replay.isPending}>
            {words.replay}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
