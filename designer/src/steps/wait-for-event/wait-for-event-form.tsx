import { FailureSection, GeneralSection, NextSection, ResultSection, useIsSet } from '../fields/common-sections.tsx'
import { DurationField } from '../fields/duration-field.tsx'
import { SchemaField } from '../fields/schema-field.tsx'
import { Section } from '../fields/section.tsx'
import { TargetField } from '../fields/target-field.tsx'
import { TextField } from '../fields/text-field.tsx'
import { ValueField } from '../fields/value-field.tsx'

export function WaitForEventForm() {
  const hasSchema = useIsSet('schema')
  return (
    <>
      <GeneralSection />
      <Section title="What it waits for">
        <TextField path={['event']} label="Event" isRequired placeholder="approved" />
        <ValueField
          path={['correlationKey']}
          label="Correlation key"
          description="Events addressed to this key reach the instance while it waits."
          literals="text"
        />
      </Section>
      <Section title="Limit">
        <DurationField path={['timeout']} label="Waits at most" placeholder="for ever" />
        <TargetField path={['onTimeout']} label="If none comes in time" absent="Fails with Timeout" />
      </Section>
      <Section title="Data of the event" isOpen={hasSchema}>
        <SchemaField path={['schema']} label="Schema" description="An event that does not fit it is refused." />
      </Section>
      <ResultSection />
      <FailureSection />
      <NextSection />
    </>
  )
}
