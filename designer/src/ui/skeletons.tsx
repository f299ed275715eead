import { Skeleton } from '@mantine/core'

/** Rows of a table that is on its way. */
export function RowsSkeleton({ rows = 6, height = 36 }: { readonly rows?: number; readonly height?: number }) {
  return (
    <div aria-busy="true" role="status" aria-label="Loading" style={{ padding: '8px 16px' }}>
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike and never move
        <div key={index} style={{ display: 'flex', alignItems: 'center', gap: 24, height }}>
          <Skeleton height={12} width={72} radius="sm" />
          <Skeleton height={12} width={`${38 - ((index * 7) % 17)}%`} radius="sm" />
          <Skeleton height={12} width={120} radius="sm" />
          <Skeleton height={12} width={80} radius="sm" />
        </div>
      ))}
    </div>
  )
}

export function PanelSkeleton() {
  return (
    <div aria-busy="true" role="status" aria-label="Loading" style={{ display: 'grid', gap: 12, padding: 16 }}>
      <Skeleton height={16} width="40%" radius="sm" />
      <Skeleton height={12} width="80%" radius="sm" />
      <Skeleton height={12} width="65%" radius="sm" />
      <Skeleton height={12} width="72%" radius="sm" />
    </div>
  )
}
