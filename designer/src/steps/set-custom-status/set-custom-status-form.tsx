import { FailureSection, GeneralSection, NextSection } from '../fields/common-sections.tsx'
import { Section } from '../fields/section.tsx'
import { ValueField } from '../fields/value-field.tsx'

export function SetCustomStatusForm() {
  return (
    <>
      <GeneralSection hasStatus={false} />
      <Section title="Status">
        <ValueField
          path={['status']}
          label="Custom status"
          isRequired
          description="A number “progress” or “percent” in it draws a bar where the instance is shown."
        />
      </Section>
      <FailureSection />
      <NextSection />
    </>
  )
}
