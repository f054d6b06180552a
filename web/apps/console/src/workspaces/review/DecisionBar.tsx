import { Button } from '@chonso/ui';
import { words } from './words.ts';

type Props = {
  /** How many comparisons nobody has made yet: until then a case cannot pass. */
  left: number;
  isSettled: boolean;
  isPassing: boolean;
  onFail: () => void;
  onPass: () => void;
};

/** The foot of a case: what is missing, and the two decisions. */
export function DecisionBar({ left, isSettled, isPassing, onFail, onPass }: Props) {
  return (
    <footer className="side-f">
      <p aria-live="polite" data-complete={(!left && !isSettled) || undefined}>
        {!isSettled && (left ? words.missing(left) : words.complete)}
      </p>
      <Button kind="refuse" onClick={onFail}>
        {words.fail}
      </Button>
      <Button kind="primary" disabled={left > 0 || isSettled} busy={isPassing} onClick={onPass}>
        {words.pass}
      </Button>
    </footer>
  );
}
