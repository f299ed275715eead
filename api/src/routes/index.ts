// The table of all routes. Where two patterns match the same address, the earlier one is served.
import { durableFunctionsRoutes } from '../durable-functions/routes.ts'
import { activityRoutes } from './activities.ts'
import { checkRoutes } from './check-history.ts'
import { definitionRoutes } from './definitions.ts'
import { withDocs } from './docs.ts'
import { draftRoutes } from './drafts.ts'
import { healthRoutes } from './health.ts'
import { historyRoutes } from './history.ts'
import { instanceRoutes } from './instances.ts'
import { operationRoutes } from './operations.ts'
import type { Route } from './route.ts'
import { sampleRoutes } from './samples.ts'
import { streamRoutes } from './streams.ts'

export const routes: readonly Route[] = withDocs([
  ...checkRoutes,
  ...definitionRoutes,
  ...draftRoutes,
  ...instanceRoutes,
  ...historyRoutes,
  ...operationRoutes,
  ...streamRoutes,
  ...activityRoutes,
  ...healthRoutes,
  ...sampleRoutes,
  ...durableFunctionsRoutes,
])
