import { PageBar } from '../ui/page-bar.tsx'
import { RowsSkeleton } from '../ui/skeletons.tsx'

export function ActivitiesPage() {
  return (
    <>
      <PageBar crumbs={[{ label: 'Activities' }]} />
      <RowsSkeleton />
    </>
  )
}
