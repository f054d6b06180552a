import { Arcs } from '@chonso/ui';
import { Camera, Mic, MicOff, PhoneOff, Upload, Video, VideoOff } from 'lucide-react';
import { Tooltip } from 'radix-ui';
import { type ReactNode, type Ref, useEffect, useImperativeHandle, useRef } from 'react';
import { Kbd } from '../../shell/Kbd.tsx';
import { SelfView } from './ShiftStart.tsx';
import { words } from './words.ts';

const w = words.stage;

/** Takes the present picture of the customer; fails where there is none. */
export type Shutter = { picture: () => HTMLVideoElement | null };

type Props = {
  /** The customer's picture and sound, where there is a line. */
  remote?: MediaStream | undefined;
  /** The agent's own. */
  own: MediaStream | undefined;
  /** Stands where the customer's picture is not: the last still, or what is being waited for. */
  standIn: ReactNode;
  /** Over the picture: on the left the customer, on the right the state of the line. */
  name: ReactNode;
  line: ReactNode;
  muted: boolean;
  hidden: boolean;
  onMute: () => void;
  onHide: () => void;
  onShoot?: (() => void) | undefined;
  onUpload?: ((file: File) => void) | undefined;
  onTrouble?: (() => void) | undefined;
  shutter: Ref<Shutter>;
};

/** The call as the agent sees it: the customer large, the agent small, the controls below. */
export function Stage(props: Props) {
  const { remote, own, standIn, name, line, hidden, shutter } = props;
  const screen = useRef<HTMLVideoElement>(null);
  const self = useRef<HTMLDivElement>(null);
  useImperativeHandle(shutter, () => ({
    picture: () => screen.current ?? self.current?.querySelector('video') ?? null,
  }));
  useEffect(() => {
    const shown = screen.current;
    if (shown && remote) shown.srcObject = remote;
  }, [remote]);
  return (
    <div className="frame">
      {remote ? (
        // biome-ignore lint/a11y/useMediaCaption: a person speaks live
        <video ref={screen} className="frame-v" playsInline autoPlay />
      ) : (
        <div className="frame-v">{standIn}</div>
      )}
      <div className="frame-n">{name}</div>
      <div className="frame-l">{line}</div>
      <div className="self" ref={self}>
        {own && !hidden ? <SelfView stream={own} /> : <Arcs size={28} />}
        <span>{own && !hidden ? w.you : w.noCamera}</span>
      </div>
      <Controls {...props} />
    </div>
  );
}

function Controls({ muted, hidden, onMute, onHide, onShoot, onUpload, onTrouble, own }: Props) {
  const file = useRef<HTMLInputElement>(null);
  return (
    <div className="controls">
      <Tool name={muted ? w.unmute : w.mute} of="m" pressed={muted} disabled={!own} onClick={onMute}>
        {muted ? <MicOff size={19} aria-hidden="true" /> : <Mic size={19} aria-hidden="true" />}
      </Tool>
      <Tool name={hidden ? w.show : w.hide} of="v" pressed={hidden} disabled={!own} onClick={onHide}>
        {hidden ? <VideoOff size={19} aria-hidden="true" /> : <Video size={19} aria-hidden="true" />}
      </Tool>
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
      <button type="button" className="shoot" disabled={!onShoot} onClick={onShoot}>
        <Camera size={19} aria-hidden="true" />
        {w.shoot}
        <Kbd of=" " />
      </button>
      <Tool name={w.trouble} of="t" end disabled={!onTrouble} onClick={() => onTrouble?.()}>
        <PhoneOff size={19} aria-hidden="true" />
      </Tool>
    </div>
  );
}

type ToolProps = {
  name: string;
  of: string;
  pressed?: boolean;
  end?: boolean;
  disabled?: boolean;
  onClick: () => void;
  children: ReactNode;
};

function Tool({ name, of, pressed, end, disabled, onClick, children }: ToolProps) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger
        className={end ? 'tool tool-end' : 'tool'}
        aria-label={name}
        aria-pressed={pressed}
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
