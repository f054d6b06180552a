import { type LineState, LivePicture, switchOn } from '@chonso/media';
import { Arcs } from '@chonso/ui';
import { type ReactNode, type RefObject, useState } from 'react';
import { Controls, type StepAct } from './Controls.tsx';
import { words } from './words.ts';

const w = words.stage;

type Props = {
  line: LineState & { seen?: (() => void) | undefined };
  /** The agent's own picture, while camera and microphone are on. */
  own: MediaStream | undefined;
  /** The customer's picture, of which stills are taken. */
  screen: RefObject<HTMLVideoElement | null>;
  /** Stands where the customer's picture is not, or lies over one that stands still. */
  standIn: ReactNode;
  /** A photo that waits for the agent's word. */
  arrived: ReactNode;
  /** Over the picture: on the left the customer, on the right recording, time and network. */
  name: ReactNode;
  lights: ReactNode;
  step: StepAct;
  other: (StepAct & { key: string }) | undefined;
  onShoot?: (() => void) | undefined;
  onUpload?: ((file: File) => void) | undefined;
  onTrouble?: (() => void) | undefined;
};

/** The call as the agent sees it: the customer large, the agent small (LAW09), the controls below. */
export function Stage({ line, own, screen, standIn, arrived, name, lights, ...controls }: Props) {
  const [silent, setSilent] = useState(false);
  return (
    <div className="frame" data-phase={line.phase}>
      {line.remote && (
        <LivePicture
          screen={screen}
          className="frame-v"
          stream={line.remote}
          silent={silent}
          onShown={line.seen}
          onSilenced={() => setSilent(true)}
        />
      )}
      {standIn}
      {arrived}
      {line.supervisor && (
        <div className="guest" role="status">
          {line.supervisor === 'BARGE' && line.guest && <LivePicture stream={line.guest} silent />}
          <span>{w.supervisor[line.supervisor]}</span>
        </div>
      )}
      <div className="frame-n">{name}</div>
      <div className="frame-l">{lights}</div>
      <div className="self">
        {own ? (
          <LivePicture stream={own} own />
        ) : (
          <button type="button" onClick={() => void switchOn()}>
            <Arcs size={26} />
            {w.switchOn}
          </button>
        )}
        {own && <span className="self-n">{w.you}</span>}
      </div>
      <Controls {...controls} onUnmute={silent ? () => setSilent(false) : undefined} />
    </div>
  );
}
