import { Skeleton } from '@chonso/ui';
import { Workspace } from '../../shell/Workspace.tsx';

export function Counter() {
  return (
    <Workspace title="Counter">
      <Skeleton height={240} />
    </Workspace>
  );
}
