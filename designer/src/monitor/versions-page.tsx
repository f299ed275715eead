import { PageBar } from '../ui/page-bar.tsx'
import { RowsSkeleton } from '../ui/skeletons.tsx'

export function VersionsPage() {
  return (
    <>
      <PageBar crumbs={[{ label: 'Versions' }]} />
      <RowsSkeleton />
    </>
  )
}
