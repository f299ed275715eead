import { PageBar } from '../ui/page-bar.tsx'
import { RowsSkeleton } from '../ui/skeletons.tsx'

export function InstancesPage() {
  return (
    <>
      <PageBar crumbs={[{ label: 'Instances' }]} />
      <RowsSkeleton />
    </>
  )
}
