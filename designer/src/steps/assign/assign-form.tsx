import { AssignmentsField } from '../fields/assignments-field.tsx'
import { FailureSection, GeneralSection, NextSection } from '../fields/common-sections.tsx'
import { Section } from '../fields/section.tsx'

export function AssignForm() {
  return (
    <>
      <GeneralSection />
      <Section title="Sets">
        <AssignmentsField path={['variables']} noun="variable" isRequired />
      </Section>
      <FailureSection />
      <NextSection />
    </>
  )
}
