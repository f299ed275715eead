import { FailureSection, GeneralSection, NextSection } from '../fields/common-sections.tsx'
import { Section } from '../fields/section.tsx'
import { TextField } from '../fields/text-field.tsx'
import { ValueField } from '../fields/value-field.tsx'

export function RaiseEventForm() {
  return (
    <>
      <GeneralSection />
      <Section title="To whom">
        <ValueField path={['instanceId']} label="Instance id" literals="text" />
        <ValueField
          path={['correlationKey']}
          label="or correlation key"
          literals="text"
          description="One of the two says who gets it."
        />
      </Section>
      <Section title="What">
        <TextField path={['event']} label="Event" isRequired placeholder="approved" />
        <ValueField path={['data']} label="Data" />
      </Section>
      <FailureSection />
      <NextSection />
    </>
  )
}
