import { Button } from '@mantine/core'
import { IconCompass } from '@tabler/icons-react'
import { Link, useRouteError } from 'react-router'
import { messageOf } from '../api/api-problem.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorState } from '../ui/error-state.tsx'
import { PageBar } from '../ui/page-bar.tsx'
import { addresses } from './addresses.ts'

const isStaleCode = (error: unknown) =>
  /dynamically imported module|module script failed|preload CSS/i.test(messageOf(error))

/** Shown in place of a page that threw. */
export function RouteError() {
  const error = useRouteError()
  return (
    <>
      <PageBar crumbs={[{ label: 'Something broke' }]} />
      <ErrorState
        title={isStaleCode(error) ? 'This page could not be loaded' : 'This page broke'}
        error={
          isStaleCode(error)
            ? new Error('The server does not answer, or a newer version of this app was installed.')
            : error
        }
        onRetry={() => window.location.reload()}
        retryLabel="Load the page again"
      />
    </>
  )
}

export function LostPage() {
  return (
    <>
      <PageBar crumbs={[{ label: 'Nothing here' }]} />
      <EmptyState
        icon={IconCompass}
        title="There is no such page"
        action={
          <Button component={Link} to={addresses.definitions}>
            Go to definitions
          </Button>
        }
      >
        The address may be mistyped, or what stood here is gone.
      </EmptyState>
    </>
  )
}
