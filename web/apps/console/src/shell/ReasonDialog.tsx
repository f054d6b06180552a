import { Button } from '@chonso/ui';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { Dialog } from './Dialog.tsx';
import { Refused } from './Failure.tsx';
import { words } from './words.ts';

export type Reason = { code: string; name: string; text?: string };

type Props = {
  title: string;
  /** What will happen, before the person chooses. */
  lead?: ReactNode;
  legend?: string;
  reasons: readonly Reason[];
  /** Offer a field for a remark; its label. */
  note?: string;
  confirm: string;
  busy?: boolean;
  error?: unknown;
  onConfirm: (code: string, note: string) => void;
  onClose: () => void;
};

/** A refusal and its reason: nothing is sent before one is chosen; digits choose, Enter confirms. */
export function ReasonDialog({
  title,
  lead,
  legend = words.reason,
  reasons,
  note,
  confirm,
  busy = false,
  error,
  onConfirm,
  onClose,
}: Props) {
  const [code, setCode] = useState('');
  const [remark, setRemark] = useState('');
  const name = useId();
  const list = useRef<HTMLFieldSetElement>(null);
  useEffect(() => list.current?.querySelector('input')?.focus(), []);
  const choose = (key: string) => {
    const reason = reasons[Number(key) - 1];
    if (!reason) return;
    setCode(reason.code);
    // Enter in a radio button sends the form; on the cross it would close the dialog.
    list.current?.querySelectorAll('input')[Number(key) - 1]?.focus();
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        className="dlg-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (code && !busy) onConfirm(code, remark.trim());
        }}
        onKeyDown={(event) => {
          if (!(event.target instanceof HTMLTextAreaElement)) choose(event.key);
        }}
      >
        {lead && <p className="lead">{lead}</p>}
        <fieldset className="reasons" ref={list}>
          <legend>{legend}</legend>
          {reasons.map((reason, i) => (
            <label key={reason.code}>
              <input
                type="radio"
                name={name}
                value={reason.code}
                checked={code === reason.code}
                onChange={() => setCode(reason.code)}
              />
              <span>
                {reason.name}
                {reason.text && <small>{reason.text}</small>}
              </span>
              {i < 9 && <kbd className="kbd">{i + 1}</kbd>}
            </label>
          ))}
        </fieldset>
        {note && (
          <div className="field">
            <label htmlFor={`${name}-note`}>{note}</label>
            <textarea
              id={`${name}-note`}
              value={remark}
              maxLength={500}
              onChange={(event) => setRemark(event.target.value)}
            />
          </div>
        )}
        <Refused error={error} />
        <footer>
          <Button kind="line" onClick={onClose}>
            {words.back}
          </Button>
          <Button kind="refuse" type="submit" busy={busy} disabled={!code}>
            {confirm}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
