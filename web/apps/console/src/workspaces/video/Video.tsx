import '../../record/record.css';
import './video.css';
import { useState } from 'react';
import { useHasRole, useMe } from '../../shell/session.ts';
import { Workspace } from '../../shell/Workspace.tsx';
import { AgentDesk } from './AgentDesk.tsx';

import { useChooseState } from './calls.ts';
import { ShiftStart } from './ShiftStart.tsx';
import { Wall } from './wall/Wall.tsx';
import { words } from './words.ts';

const STARTED = 'shift-of';

/** The video desk: an agent begins a shift; a supervisor looks at queue and calls. */
export function Video() {
  const me = useMe();
  const isAgent = useHasRole('call_agent');
  const choose = useChooseState();
  const [isOn, setOn] = useState(() => sessionStorage.getItem(STARTED) === me.subject_id);
  const begin = () => {
    sessionStorage.setItem(STARTED, me.subject_id);
    setOn(true);
  };
  if (!isAgent) return <Wall />;
  if (isOn) return <AgentDesk />;
  return (
    <Workspace title={words.title}>
      <ShiftStart
        onStart={() => {
          choose.mutate({ state: 'AVAILABLE' });
          begin();
        }}
        onLook={begin}
      />
    </Workspace>
  );
}
