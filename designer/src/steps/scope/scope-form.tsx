import { FailureSection, GeneralSection, NextSection, ResultSection } from '../fields/common-sections.tsx'
import { DurationField } from '../fields/duration-field.tsx'
import { Section } from '../fields/section.tsx'
import { ValueField } from '../fields/value-field.tsx'

export function ScopeForm() {
  return (
    <>
      <GeneralSection />
      <Section title="Group">
        <ValueField path={['input']} label="Input" description="What $ is inside of the group." />
        <DurationField path={['timeout']} label="Takes at most" placeholder="no limit" />
      </Section>
      <ResultSection />
      <FailureSection hasRetry />
      <NextSection />
    </>
  )
}
