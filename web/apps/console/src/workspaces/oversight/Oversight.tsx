import { Skeleton } from '@chonso/ui';
import { Workspace } from '../../shell/Workspace.tsx';

export function Oversight() {
  return (
    <Workspace title="Oversight">
      <Skeleton height={240} />
    </Workspace>
  );
}
