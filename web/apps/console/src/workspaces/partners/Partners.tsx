import { Skeleton } from '@chonso/ui';
import { Workspace } from '../../shell/Workspace.tsx';

export function Partners() {
  return (
    <Workspace title="Partners">
      <Skeleton height={240} />
    </Workspace>
  );
}
