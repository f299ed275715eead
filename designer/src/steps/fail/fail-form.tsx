import { GeneralSection } from '../fields/common-sections.tsx'
import { Section } from '../fields/section.tsx'
import { ValueField } from '../fields/value-field.tsx'

export function FailForm() {
  return (
    <>
      <GeneralSection />
      <Section title="Error">
        <ValueField
          path={['error', 'type']}
          label="Type"
          isRequired
          literals="text"
          description="What a catch sees and matches."
        />
        <ValueField path={['error', 'message']} label="Message" literals="text" />
        <ValueField path={['error', 'details']} label="Details" />
      </Section>
    </>
  )
}
