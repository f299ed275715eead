// A job that runs elsewhere: one activity starts it, another asks whether it is done. For loops that poll.
import { type Activity, defineActivity } from '@durable-canvas/interpreter'
import { SampleError } from './sample-error.ts'
import type { SampleFile } from './sample-file.ts'
import { stableId } from './stable-id.ts'

const checksUntilDone = 3

export function jobActivities(file: SampleFile): readonly Activity[] {
  const startJob = defineActivity(
    {
      name: 'StartJob',
      title: 'Start job',
      description: 'Starts a job, once for each idempotency key.',
      icon: 'player-play',
      input: { type: 'object', properties: { job: { type: 'string', title: 'Job', minLength: 1 } }, required: ['job'] },
      output: { type: 'object', properties: { jobId: { type: 'string' } }, required: ['jobId'] },
    },
    ({ input, idempotencyKey }) =>
      file.change((data) => {
        const jobId = stableId('job', idempotencyKey)
        data.jobs[jobId] ??= { job: input.job, checks: 0 }
        return { jobId }
      }),
  )

  const checkJob = defineActivity(
    {
      name: 'CheckJob',
      title: 'Check job',
      description: 'Asks whether a job is done; it is on the third time.',
      icon: 'progress-check',
      input: { type: 'object', properties: { jobId: { type: 'string', title: 'Job id' } }, required: ['jobId'] },
      output: {
        type: 'object',
        properties: { done: { type: 'boolean' }, result: { type: 'string' } },
        required: ['done'],
      },
    },
    ({ input }) =>
      file.change((data) => {
        const job = Object.hasOwn(data.jobs, input.jobId) ? data.jobs[input.jobId] : undefined
        if (!job) throw new SampleError('UnknownJob', `There is no job ${input.jobId}.`, true)
        job.checks += 1
        return job.checks < checksUntilDone ? { done: false } : { done: true, result: `${job.job} is done` }
      }),
  )

  return [startJob, checkJob]
}
