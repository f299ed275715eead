import { createBrowserRouter, Navigate, type RouteObject } from 'react-router'
import { addresses } from './addresses.ts'
import { LostPage, RouteError } from './route-error.tsx'
import { RouteSkeleton } from './route-skeleton.tsx'
import { Shell } from './shell.tsx'

const load = {
  definitions: async () => ({ Component: (await import('../monitor/definitions-page.tsx')).DefinitionsPage }),
  versions: async () => ({ Component: (await import('../monitor/versions-page.tsx')).VersionsPage }),
  draft: async () => ({ Component: (await import('../panels/designer-page.tsx')).DesignerPage }),
  instances: async () => ({ Component: (await import('../monitor/instances-page.tsx')).InstancesPage }),
  instance: async () => ({ Component: (await import('../monitor/instance-page.tsx')).InstancePage }),
  activities: async () => ({ Component: (await import('../monitor/activities-page.tsx')).ActivitiesPage }),
  overview: async () => ({ Component: (await import('../monitor/overview-page.tsx')).OverviewPage }),
}

const idle = () =>
  new Promise<unknown>((resolve) => {
    if ('requestIdleCallback' in window) requestIdleCallback(resolve)
    else setTimeout(resolve, 200)
  })

/** So that each page opens at once, and opens while the server is away: it then says what it cannot show. */
export async function loadAhead(): Promise<void> {
  for (const page of Object.values(load)) {
    await idle()
    // One that does not come is asked for again when it is gone to.
    await page().catch(() => undefined)
  }
}

// The drawing board is the heaviest room; it and the other pages come when they are first gone to, or when nothing else is done.
const pages: RouteObject[] = [
  { index: true, element: <Navigate to={addresses.definitions} replace /> },
  { path: 'definitions', lazy: load.definitions },
  { path: 'definitions/:name', lazy: load.versions },
  { path: 'definitions/:name/versions/:version', lazy: load.versions },
  { path: 'definitions/:name/draft', lazy: load.draft },
  { path: 'instances', lazy: load.instances },
  { path: 'instances/:id', lazy: load.instance },
  { path: 'activities', lazy: load.activities },
  { path: 'overview', lazy: load.overview },
  { path: '*', Component: LostPage },
]

export const router = createBrowserRouter([
  {
    path: '/',
    Component: Shell,
    HydrateFallback: RouteSkeleton,
    // An error of a page stands inside the shell, so that there is always a way out.
    children: [{ errorElement: <RouteError />, children: pages }],
  },
])
