// What an instance's graph says about a step. The monitor works it out; the canvas only has to show it.
export interface StepState {
  readonly state: 'scheduled' | 'running' | 'waiting' | 'retrying' | 'completed' | 'failed' | 'cancelled' | 'skipped'
  /** When it came into this state. ISO 8601. */
  readonly since?: string
  /** "2 of 3, next in 8 s", "12 of 100 done" */
  readonly label?: string
  /** How often the step was entered; 0 if never. */
  readonly visits: number
  readonly attempt?: number
}
