// The sample activities and what they leave behind.
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Activity } from '@durable-canvas/interpreter'
import { jobActivities } from './job-activities.ts'
import { orderActivities } from './order-activities.ts'
import type { SampleData } from './sample-data.ts'
import { SampleFile } from './sample-file.ts'
import { tryOutActivities } from './try-out-activities.ts'

export interface Samples {
  readonly activities: readonly Activity[]
  read(): Promise<SampleData>
}

export async function createSamples(dataDir: string): Promise<Samples> {
  const file = new SampleFile(join(dataDir, 'samples.json'))
  // So that there is something to edit before anything has run.
  await file.change(() => {})
  const activities = [...orderActivities(file), ...jobActivities(file), ...tryOutActivities(file)]
  return { activities: activities.map((activity) => delayed(activity, file)), read: () => file.read() }
}

/** Waits as the file says before the activity begins, so that one can watch it, or pull the plug meanwhile. */
function delayed(activity: Activity, file: SampleFile): Activity {
  return {
    ...activity,
    run: async (context) => {
      const ms = await file.delayOf(activity.name)
      if (ms > 0) await sleep(ms, undefined, { signal: context.signal })
      return activity.run(context)
    },
  }
}
