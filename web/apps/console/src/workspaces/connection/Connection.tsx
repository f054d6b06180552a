import { Skeleton } from '@chonso/ui';
import { Workspace } from '../../shell/Workspace.tsx';

export function Connection() {
  return (
    <Workspace title="Connection">
      <Skeleton height={240} />
    </Workspace>
  );
}
