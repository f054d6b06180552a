import { Camera, PhoneOff, Upload, Volume2 } from 'lucide-react';
import { Tooltip } from 'radix-ui';
import { type ReactNode, useRef } from 'react';
import { Kbd } from '../../shell/Kbd.tsx';
import { words } from './words.ts';

const w = words.stage;

/** An act of the present step; without `run` it only says how the step stands. */
export type StepAct = { name: string; run: (() => void) | undefined };

type Props = {
  step: StepAct;
  /** The other word about the step, with its key: not passed, once more. */
  other: (StepAct & { key: string }) | undefined;
  onShoot?: (() => void) | undefined;
  onUpload?: ((file: File) => void) | undefined;
  onTrouble?: (() => void) | undefined;
  /** Given while the browser keeps the customer's sound off. */
  onUnmute: (() => void) | undefined;
};

/** What an agent does with the picture: no muting, no hiding, for the recording is evidence. */
export function Controls({ step, other, onShoot, onUpload, onTrouble, onUnmute }: Props) {
  const file = useRef<HTMLInputElement>(null);
  return (
    <div className="controls">
      {onUnmute && (
        <button type="button" className="shoot unmute" onClick={onUnmute}>
          <Volume2 size={19} aria-hidden="true" />
          {w.unmute}
        </button>
      )}
      <Tool name={w.upload} of="u" disabled={!onUpload} onClick={() => file.current?.click()}>
        <Upload size={19} aria-hidden="true" />
      </Tool>
      <input
        ref={file}
        type="file"
        accept="image/*"
        className="sr"
        tabIndex={-1}
        aria-label={w.upload}
        onChange={({ target }) => {
          const [picture] = target.files ?? [];
          if (picture) onUpload?.(picture);
          target.value = '';
        }}
      />
      <Tool name={w.shoot} of="c" disabled={!onShoot} onClick={() => onShoot?.()}>
        <Camera size={19} aria-hidden="true" />
      </Tool>
      <button type="button" className="shoot" disabled={!step.run} onClick={step.run}>
        {step.name}
        <Kbd of=" " />
      </button>
      {other && (
        <button type="button" className="shoot shoot-2" disabled={!other.run} onClick={other.run}>
          {other.name}
          <Kbd of={other.key} />
        </button>
      )}
      <Tool name={w.trouble} of="t" end disabled={!onTrouble} onClick={() => onTrouble?.()}>
        <PhoneOff size={19} aria-hidden="true" />
      </Tool>
    </div>
  );
}

type ToolProps = {
  name: string;
  of: string;
  end?: boolean;
  disabled?: boolean;
  onClick: () => void;
  children: ReactNode;
};

function Tool({ name, of, end, disabled, onClick, children }: ToolProps) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger
        className={end ? 'tool tool-end' : 'tool'}
        aria-label={name}
        aria-keyshortcuts={of}
        disabled={disabled}
        onClick={onClick}
      >
        {children}
      </Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content className="tip" sideOffset={8}>
          {name} <Kbd of={of} />
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
