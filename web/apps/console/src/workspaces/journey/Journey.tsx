import { Skeleton } from '@chonso/ui';
import { Workspace } from '../../shell/Workspace.tsx';

export function Journey() {
  return (
    <Workspace title="Journey">
      <Skeleton height={240} />
    </Workspace>
  );
}
