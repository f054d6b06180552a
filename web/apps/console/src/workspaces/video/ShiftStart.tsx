import { type Devices, LivePicture, listenTo, switchOn, useDevices } from '@chonso/media';
import { Arcs, Button } from '@chonso/ui';
import { Check, Mic, Video, Volume2 } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { ring, unlock } from './sound.ts';
import { words } from './words.ts';

const w = words.start;
const AUDIBLE = 0.04;

/** The beginning of a shift: camera, microphone and speaker are tried; without them no call is taken (LAW09). */
export function ShiftStart({ onStart, onLook }: { onStart: () => void; onLook: () => void }) {
  const devices = useDevices();
  const [level, setLevel] = useState(0);
  const [spoke, setSpoke] = useState(false);
  const [heard, setHeard] = useState<'no' | 'played' | 'yes'>('no');
  const stream = devices.status === 'live' ? devices.stream : undefined;
  useEffect(() => {
    if (!stream?.getAudioTracks().length) return;
    return listenTo(stream, (now) => {
      setLevel(now);
      if (now > AUDIBLE) setSpoke(true);
    });
  }, [stream]);
  const play = () => {
    unlock();
    ring();
    setHeard((before) => (before === 'yes' ? before : 'played'));
  };
  const isChecked = !!stream && heard === 'yes';
  const isMissing = ['refused', 'absent', 'busy'].includes(devices.status);
  return (
    <section className="shift" aria-labelledby="shift-h">
      <div className="shift-view">{stream ? <LivePicture stream={stream} own /> : <Arcs size={64} />}</div>
      <div className="shift-b">
        <h2 id="shift-h">{w.title}</h2>
        <p className="lead">{w.lead}</p>
        <ol className="shift-l">
          <Device icon={<Video size={19} aria-hidden="true" />} name={w.camera} done={!!stream}>
            {stream ? w.works : trouble(devices)}
          </Device>
          <Device icon={<Mic size={19} aria-hidden="true" />} name={w.microphone} done={spoke}>
            {stream ? (
              <>
                <span className="level" aria-hidden="true">
                  <i style={{ transform: `scaleX(${level})` }} />
                </span>
                {spoke ? w.works : w.speak}
              </>
            ) : (
              words.none
            )}
          </Device>
          <Device icon={<Volume2 size={19} aria-hidden="true" />} name={w.speaker} done={heard === 'yes'}>
            <span className="shift-a">
              <button type="button" className="chip" onClick={play}>
                {w.test}
              </button>
              {heard !== 'no' && (
                <button
                  type="button"
                  className="chip"
                  aria-pressed={heard === 'yes'}
                  onClick={() => setHeard('yes')}
                >
                  {w.heard}
                </button>
              )}
            </span>
            {heard === 'played' && w.notHeard}
          </Device>
        </ol>
        <footer className="shift-f">
          {stream ? (
            <Button
              kind="primary"
              large
              disabled={!isChecked}
              onClick={() => {
                unlock();
                onStart();
              }}
            >
              {isChecked ? w.go : w.missing}
            </Button>
          ) : (
            <>
              <Button kind="primary" large busy={devices.status === 'asking'} onClick={() => void switchOn()}>
                {isMissing ? w.again : w.allow}
              </Button>
              {isMissing && <p className="shift-n">{w.needed}</p>}
              <Button kind="text" onClick={onLook}>
                {w.without}
              </Button>
            </>
          )}
        </footer>
      </div>
    </section>
  );
}

function trouble(devices: Devices): string {
  if (devices.status === 'refused' || devices.status === 'absent' || devices.status === 'busy')
    return w[devices.status];
  return devices.status === 'asking' ? w.asking : words.none;
}

type DeviceProps = { icon: ReactNode; name: string; done: boolean; children: ReactNode };

function Device({ icon, name, done, children }: DeviceProps) {
  return (
    <li data-done={done || undefined}>
      <i>{done ? <Check size={18} strokeWidth={2.6} aria-hidden="true" /> : icon}</i>
      <div>
        <b>{name}</b>
        <div className="shift-d">{children}</div>
      </div>
    </li>
  );
}
