import { Skeleton } from '@chonso/ui';
import { Workspace } from '../../shell/Workspace.tsx';

export function Review() {
  return (
    <Workspace title="Review">
      <Skeleton height={240} />
    </Workspace>
  );
}
