import { useActivities } from '../../api/definitions.ts'
import { getAt } from '../../drawing/json.ts'
import {
  FailureSection,
  GeneralSection,
  NextSection,
  ResultSection,
  useIsSet,
  useText,
} from '../fields/common-sections.tsx'
import { DurationField } from '../fields/duration-field.tsx'
import { useOwnerValue } from '../fields/field-owner.tsx'
import styles from '../fields/fields.module.css'
import { SchemaInput } from '../fields/schema-input.tsx'
import { Section } from '../fields/section.tsx'
import { ChoiceField, NumberField, TextField } from '../fields/text-field.tsx'
import { TryStep } from './try-step.tsx'

export function ActivityForm() {
  const { data: activities = [] } = useActivities()
  const name = useText('activity')
  const known = activities.find((activity) => activity.name === name)
  const options = activities.map((activity) => ({
    value: activity.name,
    label: activity.title ? `${activity.title} (${activity.name})` : activity.name,
  }))
  const hasLimits = useIsSet('timeout', 'scheduleToStartTimeout', 'heartbeatTimeout', 'queue', 'priority')
  return (
    <>
      <GeneralSection />
      <Section title="What it calls" summary={name}>
        {options.length > 0 ? (
          <ChoiceField
            path={['activity']}
            label="Activity"
            options={options}
            isRequired
            placeholder="Choose an activity"
          />
        ) : (
          <TextField path={['activity']} label="Activity" isRequired placeholder="The name that it is registered by" />
        )}
        {known?.description && <div className={styles.hint}>{known.description}</div>}
      </Section>
      <Section title="Input">
        <SchemaInput path={['input']} schema={known?.input ?? undefined} />
      </Section>
      <ResultSection />
      <FailureSection hasRetry />
      <Section title="Limits" isOpen={hasLimits}>
        <div className={styles.pair}>
          <DurationField path={['timeout']} label="Each attempt" placeholder="no limit" />
          <DurationField path={['heartbeatTimeout']} label="Between heartbeats" placeholder="no limit" />
          <DurationField path={['scheduleToStartTimeout']} label="Wait for a worker" placeholder="no limit" />
          <NumberField path={['priority']} label="Priority" placeholder="0" min={-100} max={100} />
        </div>
        <TextField path={['queue']} label="Queue" placeholder="default" />
      </Section>
      <CompensationSection />
      <NextSection />
      <Section title="Try this step" isOpen={false}>
        <TryStep />
      </Section>
    </>
  )
}

function CompensationSection() {
  const { data: activities = [] } = useActivities()
  const isSet = useIsSet('compensate')
  const options = activities.map(({ name, title }) => ({ value: name, label: title ? `${title} (${name})` : name }))
  return (
    <Section title="Compensation" isOpen={isSet}>
      <ChoiceField
        path={['compensate', 'activity']}
        label="Undone by"
        options={options}
        absent="Nothing undoes it"
        description="Runs when a compensate step undoes what has completed."
      />
      {isSet && <CompensationInput />}
    </Section>
  )
}

function CompensationInput() {
  const { data: activities = [] } = useActivities()
  const name = useOwnerValue((value) => getAt(value, ['compensate', 'activity']))
  return (
    <SchemaInput
      path={['compensate', 'input']}
      schema={activities.find((activity) => activity.name === name)?.input ?? undefined}
    />
  )
}
