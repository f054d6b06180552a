import './call.css';
import { type Devices, LivePicture, NetworkBars, type OpenLine, useAwake } from '@chonso/media';
import { Button, Sheet } from '@chonso/ui';
import { PhoneOff, Volume2 } from 'lucide-react';
import { useState } from 'react';
import { useCallWords } from '../activation/call.words.ts';
import type { Call } from '../activation/calls.ts';
import { useTitle } from '../shell/Page.tsx';
import { useShellWords } from '../shell/words.ts';
import { Duration } from './Duration.tsx';
import { streamOf } from './devices.ts';
import { Guide } from './Guide.tsx';
import { Standing } from './Standing.tsx';
import { Task } from './Task.tsx';
import { guideOf } from './tasks.ts';
import { usePhoto } from './use_photo.ts';
import { usePrompt } from './use_prompt.ts';
import { useCallScreenWords } from './words.ts';

type Props = { call: Call; line: OpenLine; devices: Devices; leaving: boolean; onLeave: () => void };

/** The call: the agent large, the own picture small, both always shown (LAW09); one button, which asks. */
export function CallScreen({ call, line, devices, leaving, onLeave }: Props) {
  const t = useCallScreenWords();
  const said = useCallWords();
  const own = streamOf(devices);
  const [silent, setSilent] = useState(false);
  const [asking, setAsking] = useState(false);
  const photo = usePhoto(call, own);
  const prompt = usePrompt(call);
  const guide = own && line.phase !== 'elsewhere' ? guideOf(photo, prompt) : undefined;
  useAwake(true);
  useTitle(said.inCall);
  return (
    <>
      <main className="meet" data-phase={line.phase} data-guide={guide}>
        {line.remote && (
          <LivePicture
            className="meet-v"
            stream={line.remote}
            silent={silent}
            onShown={line.seen}
            onSilenced={() => setSilent(true)}
          />
        )}
        <header className="meet-h">
          <div>
            <h1 tabIndex={-1}>{said.inCall}</h1>
            {call.started_at && <Duration since={call.started_at} />}
          </div>
          <p>
            {line.recording !== 'NONE' && (
              <span className="meet-rec" data-recording={line.recording}>
                <i aria-hidden="true" />
                {t.recording[line.recording]}
              </span>
            )}
            {line.bars !== null && (
              <span className="meet-bars">
                <NetworkBars bars={line.bars} />
                <span className="sr">{t.bars[line.bars]}</span>
              </span>
            )}
          </p>
        </header>
        {line.supervisor === 'BARGE' && (
          <div className="meet-guest" role="status">
            {line.guest && <LivePicture stream={line.guest} silent />}
            <span>{t.supervisor}</span>
          </div>
        )}
        <Standing line={line} devices={devices} />
        {guide && <Guide shape={guide} photo={photo} />}
        <footer className="meet-f">
          {own && (
            <>
              <figure className="meet-own">
                <LivePicture stream={own} own />
                <figcaption>{t.you}</figcaption>
              </figure>
              <Task photo={photo} prompt={prompt} rest={said.inCallText} />
            </>
          )}
          {silent && (
            <button type="button" className="meet-b" onClick={() => setSilent(false)}>
              <Volume2 size={20} aria-hidden="true" />
              {t.unmute}
            </button>
          )}
          <button type="button" className="meet-b meet-end" onClick={() => setAsking(true)}>
            <PhoneOff size={20} aria-hidden="true" />
            {t.leave}
          </button>
        </footer>
      </main>
      {asking && <Question leaving={leaving} onLeave={onLeave} onStay={() => setAsking(false)} />}
    </>
  );
}

function Question({
  leaving,
  onLeave,
  onStay,
}: {
  leaving: boolean;
  onLeave: () => void;
  onStay: () => void;
}) {
  const t = useCallScreenWords();
  const { close } = useShellWords();
  return (
    <Sheet title={t.leaveAsk} close={close} onClose={onStay}>
      <p className="lead">{t.leaveText}</p>
      <Button kind="primary" large onClick={onStay}>
        {t.stay}
      </Button>
      <Button kind="refuse" large busy={leaving} onClick={onLeave}>
        {t.end}
      </Button>
    </Sheet>
  );
}
