// What the graph, the timeline and the tables say about a step: one word out of eight, and in words what there is to add.
export type StepStateName =
  | 'scheduled'
  | 'running'
  | 'waiting'
  | 'retrying'
  | 'completed'
  | 'failed'
  | 'cancelled'
  | 'skipped'

export interface StepState {
  readonly state: StepStateName
  /** When it came into this state. ISO 8601. */
  readonly since?: string
  /** "2 of 3, next in 8 s", "12 of 100 done" */
  readonly label?: string
  /** How often the step was entered; 0 if never. */
  readonly visits: number
  readonly attempt?: number
}
