import { createBrowserRouter, Navigate, type RouteObject } from 'react-router'
import { addresses } from './addresses.ts'
import { LostPage, RouteError } from './route-error.tsx'
import { RouteSkeleton } from './route-skeleton.tsx'
import { Shell } from './shell.tsx'

// The drawing board is the heaviest room; it and the other pages come when they are first gone to.
const pages: RouteObject[] = [
  { index: true, element: <Navigate to={addresses.definitions} replace /> },
  {
    path: 'definitions',
    lazy: async () => ({ Component: (await import('../monitor/definitions-page.tsx')).DefinitionsPage }),
  },
  {
    path: 'definitions/:name',
    lazy: async () => ({ Component: (await import('../monitor/versions-page.tsx')).VersionsPage }),
  },
  {
    path: 'definitions/:name/versions/:version',
    lazy: async () => ({ Component: (await import('../monitor/versions-page.tsx')).VersionsPage }),
  },
  {
    path: 'definitions/:name/draft',
    lazy: async () => ({ Component: (await import('../panels/designer-page.tsx')).DesignerPage }),
  },
  {
    path: 'instances',
    lazy: async () => ({ Component: (await import('../monitor/instances-page.tsx')).InstancesPage }),
  },
  {
    path: 'instances/:id',
    lazy: async () => ({ Component: (await import('../monitor/instance-page.tsx')).InstancePage }),
  },
  {
    path: 'activities',
    lazy: async () => ({ Component: (await import('../monitor/activities-page.tsx')).ActivitiesPage }),
  },
  { path: 'overview', lazy: async () => ({ Component: (await import('../monitor/overview-page.tsx')).OverviewPage }) },
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
