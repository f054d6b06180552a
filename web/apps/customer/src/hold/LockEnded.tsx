import { Button, Msisdn, State } from '@chonso/ui';
import { TimerOff } from 'lucide-react';
import { go } from '../router.tsx';
import { Page } from '../shell/Page.tsx';
import type { Slip } from './holds.ts';
import { useHoldWords } from './words.ts';

const again = (digits: string) => go(`/?so=${digits}&giu=${digits}`, true);

/** The form's time ran out, or the number was returned: the way to take it again. */
export function LockEnded({ slip }: { slip: Slip }) {
  const t = useHoldWords();
  return (
    <Page
      title={t.formTitle}
      up="/"
      action={
        <Button kind="primary" large onClick={() => again(slip.display.replaceAll(' ', ''))}>
          {t.lockAgain}
        </Button>
      }
    >
      <State icon={<TimerOff size={32} aria-hidden="true" />} title={t.lockEnded}>
        {t.lockEndedText}
      </State>
      <Msisdn display={slip.display} priceClass={slip.price_class} />
    </Page>
  );
}
